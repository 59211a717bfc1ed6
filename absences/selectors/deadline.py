"""Until when a teacher may take back what they reported."""

import datetime as dt
from collections.abc import Iterable

from absences.days import TaughtLesson
from absences.models import Absence


def change_until(absence: Absence, lost: Iterable[TaughtLesson], *, minutes: int) -> dt.datetime:
    """The moment after which the first of these lessons stays lost: `minutes` before it begins.

    Where no lesson is lost, nothing is arranged, and it is midnight after the last date.
    """
    first = min((lesson.starts_at for lesson in lost), default=None)
    if first is not None:
        return first - dt.timedelta(minutes=minutes)
    after = dt.datetime.combine(absence.ends_on, dt.time.min, tzinfo=absence.post.school.zone)
    return after + dt.timedelta(days=1)
