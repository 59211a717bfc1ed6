"""From an address to the lesson it names."""

import datetime as dt
import uuid

from django.http import Http404

from coverplans.models import CoverNeed
from schools.access.find import find


def need_on(date: dt.date, need: uuid.UUID) -> CoverNeed:
    """The need of this date, with its school and absence. Raises Http404 for one of another day or behind a wall."""
    found = find(CoverNeed, need, related=("school", "absence_day__absence"))
    if found.date != date:
        raise Http404("There is no such cover need on this day.")
    return found
