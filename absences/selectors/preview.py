"""A day's lessons as a form shows them, and which days it offers."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from absences.days import NEEDS_COVER
from absences.selectors.clocks import read_clocks
from schools.models import School
from schools.selectors.calendar import next_open_day, open_days, today_at
from staffing.models import Post
from staffing.selectors.day import DayLesson, lessons_on


@dataclass(frozen=True, slots=True)
class LessonRow:
    """Everything a post teaches in one period of a date: one row to tick."""

    post: uuid.UUID
    number: int
    period: str
    clock: tuple[dt.time, dt.time]
    label: str
    needs_cover: bool

    @property
    def when(self) -> str:
        return f"{self.clock[0]:%H:%M}–{self.clock[1]:%H:%M}"


@dataclass(frozen=True, slots=True)
class OfferedDays:
    """The two days a form offers at a touch: today, and the next open day after it. `best` is the one to start with."""

    today: dt.date
    tomorrow: dt.date
    best: dt.date

    @property
    def is_next_day(self) -> bool:
        return self.tomorrow - self.today == dt.timedelta(days=1)


def offered_days(schools: Sequence[School], now: dt.datetime, posts: Sequence[Post] = ()) -> OfferedDays:
    """Today while the school is open, and for these posts a lesson of it still to come; otherwise the next open day.

    Without a school, today and tomorrow by the installation's clock. At most four queries, and two per school.
    """
    today = today_at(schools[0], now) if schools else now.date()
    found = [next_open_day(school, today) for school in schools]
    tomorrow = min((day for day in found if day), default=today + dt.timedelta(days=1))
    if posts:
        clocks = read_clocks(posts, today, today).values()
        is_left = any(now < (clock.taught or clock.bells or clock.midnights)[1] for clock in clocks)
    else:
        is_left = any(open_days(school, today, today) for school in schools)
    return OfferedDays(today, tomorrow, today if is_left else tomorrow)


def lesson_rows(posts: Sequence[Post], date: dt.date) -> list[LessonRow]:
    """What these posts teach on a date, by time. Seven queries per school."""
    schools = {post.school_id: post.school for post in posts}
    rows = [
        row
        for school in schools.values()
        for row in _rows_at(
            school, [post for post in posts if post.school_id == school.pk], date, len(schools) > 1
        )
    ]
    return sorted(rows, key=lambda row: (row.clock, row.label))


def _rows_at(school: School, posts: Sequence[Post], date: dt.date, named: bool) -> list[LessonRow]:
    by_period: dict[tuple[uuid.UUID, int], list[DayLesson]] = {}
    for lesson in lessons_on(school, date):
        for post in posts:
            if post.pk in lesson.post_ids:
                by_period.setdefault((post.uuid, lesson.period_number), []).append(lesson)
    return [
        LessonRow(
            post=post,
            number=number,
            period=lessons[0].period_name,
            clock=(min(found.clock[0] for found in lessons), max(found.clock[1] for found in lessons)),
            label=" + ".join(map(_label, lessons)) + (f" · {school.name}" if named else ""),
            needs_cover=any(lesson.kind in NEEDS_COVER for lesson in lessons),
        )
        for (post, number), lessons in by_period.items()
    ]


def _label(lesson: DayLesson) -> str:
    """`7b Maths R12`; for a duty or a meeting without class and subject, what it is."""
    parts = [lesson.sections_label, lesson.subject, lesson.rooms_label]
    return " ".join(part for part in parts if part) or lesson.kind
