"""Until when a teacher may take back what they reported."""

import datetime as dt
from collections.abc import Iterable

from absences.days import TaughtLesson
from absences.models import Absence
from schools.selectors.settings import settings_of
from schools.settings_registry import CHANGE_UNTIL_MINUTES


def change_until(absence: Absence, lost: Iterable[TaughtLesson]) -> dt.datetime:
    """The moment after which a lesson that is lost stays lost: the setting's minutes before the first one.

    Where no lesson is lost, nothing is arranged, and it is midnight after the last date.
    """
    first = min((lesson.starts_at for lesson in lost), default=None)
    if first is not None:
        minutes = settings_of(absence.post.school)[CHANGE_UNTIL_MINUTES]
        return first - dt.timedelta(minutes=minutes)
    after = dt.datetime.combine(absence.ends_on, dt.time.min, tzinfo=absence.post.school.zone)
    return after + dt.timedelta(days=1)
