"""Which lessons an absence takes: for previews, deadlines and the question what a change gives back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby

from absences.days import NEEDS_COVER, Clock, TaughtLesson
from absences.models import Absence, AbsenceDay
from absences.selectors.clocks import Clocks, read_clocks
from absences.selectors.standing import stretches_by_date
from absences.stretches import Stretch
from absences.transitions import OPEN
from schools.selectors.settings import settings_of
from schools.settings_registry import STILL_TAUGHT_MINUTES
from staffing.models import Post


def lessons_lost(
    post: Post, away: Mapping[dt.date, Sequence[Stretch]], clocks: Clocks, *, still_taught: int
) -> list[TaughtLesson]:
    """The lessons and duties of a post that need cover while it is away, by start. No query."""
    found = [
        lesson
        for date, stretches in away.items()
        for lesson in clocks.get((post.pk, date), _NOTHING).lessons
        if lesson.kind in NEEDS_COVER and lesson.is_lost(stretches, still_taught)
    ]
    return sorted(found, key=lambda lesson: (lesson.starts_at, lesson.number))


_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_NOTHING = Clock(dt.date.min, (_NEVER, _NEVER))


def lost_by(absences: Sequence[Absence]) -> dict[int, list[TaughtLesson]]:
    """Absence key → the lessons it takes, as the timetable is now; none for one that is declined or cancelled.

    The absences carry post and school. Five queries, and one more per school.
    """
    standing = [absence for absence in absences if absence.state in OPEN]
    if not standing:
        return {}
    posts = list({absence.post_id: absence.post for absence in standing}.values())
    first, last = min(found.starts_on for found in standing), max(found.ends_on for found in standing)
    clocks = read_clocks(posts, first, last)
    still = {
        school.pk: settings_of(school)[STILL_TAUGHT_MINUTES]
        for school in {post.school_id: post.school for post in posts}.values()
    }
    rows = AbsenceDay.objects.filter(absence__in=standing).order_by("absence_id", "date")
    days = {key: list(found) for key, found in groupby(rows, key=lambda day: day.absence_id)}
    return {
        absence.pk: lessons_lost(
            absence.post,
            stretches_by_date(days.get(absence.pk, []), clocks),
            clocks,
            still_taught=still[absence.school_id],
        )
        for absence in standing
    }
