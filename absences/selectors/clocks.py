"""How a post's dates run: open days, bells and own lessons, for a whole range at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from zoneinfo import ZoneInfo

from absences.days import Clock, TaughtLesson
from absences.stretches import Stretch
from schools.models import CalendarDay, Period
from schools.selectors.calendar import local_moment
from staffing.models import Lesson, LessonPost, Post, Timetable

Clocks = dict[tuple[int, dt.date], Clock]


def read_clocks(posts: Sequence[Post], first: dt.date, last: dt.date) -> Clocks:
    """(post, date) → clock, for the open days from `first` to `last`, both inclusive, in order. Four queries.

    The posts carry their school. Whether a post runs on a date is not asked here.
    """
    schools = {post.school_id: post.school for post in posts}
    days = CalendarDay.objects.filter(school__in=schools, date__range=(first, last), is_open=True)
    open_days = list(days.order_by("date", "school_id"))
    bells = _Bells.read(list(schools), last)
    lessons = _Lessons.read(posts, first, last)
    clocks: Clocks = {}
    for day in open_days:
        zone, rung = schools[day.school_id].zone, bells.on(day)
        for post in posts:
            if post.school_id == day.school_id:
                clocks[post.pk, day.date] = _clock(day.date, zone, rung, lessons.of(post, day))
    return clocks


@dataclass(frozen=True, slots=True)
class _Rung:
    """The periods of one date, by bell and number, as they ring that day; the variant's come after the usual ones."""

    periods: dict[tuple[str, int], Period]

    def times_of(self, usual: Period) -> tuple[dt.time, dt.time]:
        """A lesson keeps its own period unless that day's variant rings it at another time."""
        rung = self.periods.get((usual.bell.code, usual.number))
        found = rung if rung is not None and rung.bell.variant else usual
        return found.starts, found.ends


@dataclass(frozen=True, slots=True)
class _Bells:
    """Every period of some schools, by school and cycle day, the oldest bells first."""

    by_day: dict[tuple[int, int], list[Period]]

    @classmethod
    def read(cls, school_ids: list[int], last: dt.date) -> "_Bells":
        rows = Period.objects.filter(school__in=school_ids, bell__effective_from__lte=last)
        found: dict[tuple[int, int], list[Period]] = defaultdict(list)
        for period in rows.select_related("bell").order_by("bell__effective_from", "bell_id", "number"):
            found[period.school_id, period.cycle_day].append(period)
        return cls(found)

    def on(self, day: CalendarDay) -> _Rung:
        rows = [
            period
            for period in self.by_day.get((day.school_id, day.cycle_day or 0), [])
            if period.bell.effective_from <= day.date
        ]
        usual = [period for period in rows if not period.bell.variant]
        newest = {period.bell.code: period.bell_id for period in usual}
        rung = {
            (period.bell.code, period.number): period
            for period in usual
            if period.bell_id == newest[period.bell.code]
        }
        if day.bell_variant:
            varied = [period for period in rows if period.bell.variant == day.bell_variant]
            rung |= {(period.bell.code, period.number): period for period in varied}
        return _Rung(rung)


@dataclass(frozen=True, slots=True)
class _Lessons:
    """The lessons of some posts in every version of the timetable that counts in the range."""

    versions: dict[int, list[Timetable]]
    by_day: dict[tuple[int, int, int], list[Lesson]]

    @classmethod
    def read(cls, posts: Sequence[Post], first: dt.date, last: dt.date) -> "_Lessons":
        versions = _versions([post.school_id for post in posts], first, last)
        rows = LessonPost.objects.filter(
            post__in=posts,
            lesson__timetable__in=[version.pk for found in versions.values() for version in found],
        )
        by_day: dict[tuple[int, int, int], list[Lesson]] = defaultdict(list)
        for row in rows.select_related("lesson__period__bell").order_by(
            "lesson__period__starts", "lesson_id"
        ):
            by_day[row.post_id, row.lesson.timetable_id, row.lesson.cycle_day].append(row.lesson)
        return cls(versions, by_day)

    def of(self, post: Post, day: CalendarDay) -> list[Lesson]:
        counting = [
            version for version in self.versions.get(post.school_id, []) if version.effective_from <= day.date
        ]
        if not counting or day.cycle_day is None:
            return []
        return self.by_day.get((post.pk, counting[-1].pk, day.cycle_day), [])


def _versions(school_ids: list[int], first: dt.date, last: dt.date) -> dict[int, list[Timetable]]:
    """The versions that count on some date of the range, by school, the oldest first."""
    rows = Timetable.objects.filter(school__in=school_ids, effective_from__lte=last)
    by_school: dict[int, list[Timetable]] = defaultdict(list)
    for version in rows.order_by("effective_from", "id"):
        by_school[version.school_id].append(version)
    return {
        school_id: [
            *(version for version, later in pairwise(found) if later.effective_from > first),
            found[-1],
        ]
        for school_id, found in by_school.items()
    }


def _clock(date: dt.date, zone: ZoneInfo, rung: _Rung, lessons: list[Lesson]) -> Clock:
    taught = []
    for lesson in lessons:
        starts_at, ends_at = _moments(date, *rung.times_of(lesson.period), zone)
        taught.append(TaughtLesson(lesson.period.number, lesson.kind, starts_at, ends_at))
    rings = {key: _moments(date, period.starts, period.ends, zone) for key, period in rung.periods.items()}
    bells = (
        (min(start for start, _ in rings.values()), max(end for _, end in rings.values())) if rings else None
    )
    # A number that several bells ring means the post's own lesson first, then the main bell, whose code is empty.
    periods: dict[int, Stretch] = {}
    for (_, number), times in sorted(rings.items()):
        periods.setdefault(number, times)
    for number in {found.number for found in taught}:
        own = [found for found in taught if found.number == number]
        periods[number] = min(found.starts_at for found in own), max(found.ends_at for found in own)
    return Clock(date, _moments(date, dt.time.min, None, zone), bells, periods, tuple(taught))


def _moments(date: dt.date, starts: dt.time, ends: dt.time | None, zone: ZoneInfo) -> Stretch:
    """The stretch between two local times; without an end, until midnight."""
    if ends is None:
        return local_moment(date, starts, zone), local_moment(date + dt.timedelta(days=1), dt.time.min, zone)
    return local_moment(date, starts, zone), local_moment(date, ends, zone)
