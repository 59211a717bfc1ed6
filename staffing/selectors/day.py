"""A school's timetable on one date: which lessons there are, when, who teaches them, to whom and where."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from schools.models import CalendarDay, Period, School
from schools.selectors.calendar import calendar_day, local_moment
from staffing.models import Lesson, LessonPost, LessonRoom, LessonSection, Post, Timetable


@dataclass(frozen=True, slots=True)
class SectionPart:
    """A class in a lesson, or a part of it."""

    id: int
    code: str
    name: str
    part: str
    size: int | None
    bell: str
    weight: int

    @property
    def label(self) -> str:
        return f"{self.name}:{self.part}" if self.part else self.name


@dataclass(frozen=True, slots=True)
class DayLesson:
    """One lesson on one date. Times are aware moments, half-open; `clock` are the same in the school's local time."""

    id: int
    kind: str
    is_vacant: bool
    block: str
    bell: str
    period_number: int
    period_name: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    clock: tuple[dt.time, dt.time]
    subject_id: int | None
    subject: str
    required_credential: str
    sections: tuple[SectionPart, ...]
    rooms: tuple[str, ...]
    post_ids: tuple[int, ...]

    @property
    def sections_label(self) -> str:
        return ", ".join(section.label for section in self.sections)

    @property
    def rooms_label(self) -> str:
        return ", ".join(self.rooms)

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


def timetable_on(school: School, date: dt.date) -> Timetable | None:
    """The version that counts on a date, or None before the first one."""
    return (
        Timetable.objects.filter(school=school, effective_from__lte=date)
        .order_by("-effective_from", "-id")
        .first()
    )


def lessons_on(school: School, date: dt.date) -> list[DayLesson]:
    """Every lesson, duty, standby and meeting of the date, by start; empty on a closed day. At most seven queries."""
    day = calendar_day(school, date)
    timetable = timetable_on(school, date)
    if day is None or not day.is_open or day.cycle_day is None or timetable is None:
        return []
    lessons = list(
        Lesson.objects.filter(timetable=timetable, cycle_day=day.cycle_day).select_related(
            "period__bell", "subject"
        )
    )
    sections, rooms, posts = _sections(lessons), _rooms(lessons), _posts(lessons)
    variant = _variant_periods(school, day) if day.bell_variant else {}
    found = [_day_lesson(school, date, lesson, variant, sections, rooms, posts) for lesson in lessons]
    return sorted(found, key=lambda lesson: (lesson.starts_at, lesson.period_number, lesson.id))


def posts_on(school: School, date: dt.date) -> list[Post]:
    """Posts that run on a date, with their person, by name. One query."""
    return list(
        Post.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=date), school=school, starts_on__lte=date
        )
        .select_related("person")
        .order_by("person__name", "id")
    )


def _day_lesson(
    school: School,
    date: dt.date,
    lesson: Lesson,
    variant: dict[tuple[str, int], Period],
    sections: dict[int, list[SectionPart]],
    rooms: dict[int, list[str]],
    posts: dict[int, list[int]],
) -> DayLesson:
    usual = lesson.period
    rung = variant.get((usual.bell.code, usual.number), usual)
    return DayLesson(
        id=lesson.pk,
        kind=lesson.kind,
        is_vacant=lesson.is_vacant,
        block=lesson.block,
        bell=usual.bell.code,
        period_number=usual.number,
        period_name=usual.name,
        starts_at=local_moment(date, rung.starts, school.zone),
        ends_at=local_moment(date, rung.ends, school.zone),
        clock=(rung.starts, rung.ends),
        subject_id=lesson.subject_id,
        subject=lesson.subject.name if lesson.subject else "",
        required_credential=lesson.subject.required_credential if lesson.subject else "",
        sections=tuple(sections[lesson.pk]),
        rooms=tuple(rooms[lesson.pk]),
        post_ids=tuple(posts[lesson.pk]),
    )


def _sections(lessons: list[Lesson]) -> dict[int, list[SectionPart]]:
    found: dict[int, list[SectionPart]] = defaultdict(list)
    rows = LessonSection.objects.filter(lesson__in=[lesson.pk for lesson in lessons]).select_related(
        "section"
    )
    for row in rows.order_by("section__code", "part"):
        section = row.section
        part = SectionPart(
            section.pk, section.code, section.name, row.part, section.size, section.bell, section.weight
        )
        found[row.lesson_id].append(part)
    return found


def _rooms(lessons: list[Lesson]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = LessonRoom.objects.filter(lesson__in=[lesson.pk for lesson in lessons])
    for lesson_id, name in rows.order_by("room__code").values_list("lesson_id", "room__name"):
        found[lesson_id].append(name)
    return found


def _posts(lessons: list[Lesson]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = LessonPost.objects.filter(lesson__in=[lesson.pk for lesson in lessons])
    for lesson_id, post_id in rows.order_by("post_id").values_list("lesson_id", "post_id"):
        found[lesson_id].append(post_id)
    return found


def _variant_periods(school: School, day: CalendarDay) -> dict[tuple[str, int], Period]:
    rows = Period.objects.filter(
        school=school, bell__variant=day.bell_variant, bell__effective_from__lte=day.date
    ).select_related("bell")
    newest_last = sorted(rows, key=lambda period: period.bell.effective_from)
    return {
        (period.bell.code, period.number): period
        for period in newest_last
        if period.cycle_day == day.cycle_day
    }
