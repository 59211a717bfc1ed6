"""Cover needs as the planner sees them, with the last resorts the school allows for each."""

from collections import defaultdict

from coverplans.matching.problem import CapacityGroup, Measure, Need
from coverplans.models import CoverNeed
from schools.selectors.settings import EffectiveSettings
from schools.settings_registry import ALLOW_MERGE, ALLOW_SELF_STUDY, MERGE_LIMIT
from staffing.selectors.day import DayLesson

from .clock import SchoolDay, minute

SELF_STUDY_COST = 3
MERGE_COST = 4
RECEIVERS_AT_MOST = 3


def subject_key(name: str) -> str:
    """Subjects of lessons and of qualifications meet by name, whatever its case."""
    return name.casefold()


def planner_needs(
    rows: list[CoverNeed], lessons: list[DayLesson], day: SchoolDay, settings: EffectiveSettings
) -> tuple[list[Need], list[CapacityGroup]]:
    """One planner need per row, and the room in receiving classes that merges share."""
    by_id = {lesson.id: lesson for lesson in lessons}
    receivers = _receivers(rows, lessons) if settings[ALLOW_MERGE] else {}
    groups: dict[str, CapacityGroup] = {}
    needs = [_need(row, by_id.get(row.lesson_id), receivers, groups, day, settings) for row in rows]
    return needs, list(groups.values())


def _need(
    row: CoverNeed,
    lesson: DayLesson | None,
    receivers: dict[int, list[DayLesson]],
    groups: dict[str, CapacityGroup],
    day: SchoolDay,
    settings: EffectiveSettings,
) -> Need:
    measures: list[Measure] = []
    if row.kind == "lesson":
        if settings[ALLOW_SELF_STUDY]:
            measures.append(Measure("self_study", SELF_STUDY_COST, label="self-study"))
        for receiver in receivers.get(row.pk, []):
            measures.append(_merge(lesson, receiver, groups, settings[MERGE_LIMIT]))
    return Need(
        key=str(row.uuid),
        starts=minute(row.starts_at),
        ends=minute(row.ends_at),
        half=day.half_of(row.starts_at),
        priority=row.priority,
        sections=tuple(str(section.id) for section in lesson.sections) if lesson else (),
        subject=subject_key(row.subject),
        room=row.room,
        absent_person=str(row.post.person.uuid),
        required=(lesson.required_credential,) if lesson and lesson.required_credential else (),
        measures=tuple(sorted(measures)),
        label=f"{row.sections} {row.subject}, {row.period_name}".strip(),
        subject_label=row.subject,
    )


def _merge(
    lesson: DayLesson | None, receiver: DayLesson, groups: dict[str, CapacityGroup], limit: int
) -> Measure:
    """Where every size is known, pupils are counted; otherwise a receiving class takes one class and no more."""
    coming, there = _pupils(lesson), _pupils(receiver)
    key = f"lesson-{receiver.id}"
    label = f"{receiver.sections_label} {receiver.subject}".strip()
    capacity = max(0, limit - there) if there is not None and coming is not None else 1
    groups.setdefault(key, CapacityGroup(key, capacity, label))
    counted = groups[key].capacity > 1 or there is not None
    size = coming if coming is not None and counted else groups[key].capacity or 1
    return Measure(
        "merge", MERGE_COST, into=str(receiver.id), group=key, size=size, label=f"merge with {label}"
    )


def _pupils(lesson: DayLesson | None) -> int | None:
    sizes = [section.size for section in lesson.sections] if lesson else []
    known = [size for size in sizes if size is not None]
    return sum(known) if sizes and len(known) == len(sizes) else None


def _receivers(rows: list[CoverNeed], lessons: list[DayLesson]) -> dict[int, list[DayLesson]]:
    """Need → lessons of the same subject at the same time whose own teacher is there."""
    lost = {row.lesson_id for row in rows}
    same: dict[tuple[str, object, object], list[DayLesson]] = defaultdict(list)
    for lesson in lessons:
        if lesson.kind == "lesson" and lesson.post_ids and lesson.id not in lost and lesson.subject:
            same[lesson.subject, lesson.starts_at, lesson.ends_at].append(lesson)
    found = {row.pk: same.get((row.subject, row.starts_at, row.ends_at), []) for row in rows if row.subject}
    return {
        key: sorted(lessons, key=lambda lesson: lesson.id)[:RECEIVERS_AT_MOST]
        for key, lessons in found.items()
    }
