"""Generated schools are valid, free of clashes, repeatable, and look like schools."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.importers.clashes import clashes
from staffing.importers.csv_folder import read_files
from staffing.importers.csv_writer import files_of_draft
from staffing.importers.draft import Kind, LessonDraft, TimetableDraft, in_order
from staffing.importers.findings import NoticeKind
from staffing.importers.generator import generate_school

schools = st.builds(
    generate_school, seed=st.integers(0, 10**9), teachers=st.integers(20, 80), ab_weeks=st.booleans()
)


def lessons(draft: TimetableDraft, kind: Kind = Kind.LESSON) -> list[LessonDraft]:
    return [lesson for lesson in draft.lessons if lesson.kind is kind]


def test_the_same_seed_gives_the_same_school() -> None:
    assert generate_school(7) == generate_school(7)
    assert generate_school(7) != generate_school(8)


@settings(deadline=None, max_examples=25)
@given(schools)
def test_nobody_and_nothing_is_in_two_places_at_once(draft: TimetableDraft) -> None:
    assert clashes(draft) == ()


@settings(deadline=None, max_examples=10)
@given(schools)
def test_the_reader_takes_it_as_it_is_without_a_word(draft: TimetableDraft) -> None:
    read = read_files(files_of_draft(draft))
    assert read == draft
    assert read.notices == ()


@settings(deadline=None, max_examples=10)
@given(schools)
def test_every_class_has_every_lesson_of_the_week(draft: TimetableDraft) -> None:
    for section in draft.sections:
        slots = {
            (lesson.cycle_day, lesson.period)
            for lesson in lessons(draft)
            if any(part.section == section.code for part in lesson.sections)
        }
        assert len(slots) == 35 * draft.weeks


@settings(deadline=None, max_examples=10)
@given(schools)
def test_it_holds_everything_that_real_schools_have(draft: TimetableDraft) -> None:
    taught = lessons(draft)
    lengths = Counter(lesson.block for lesson in taught if lesson.cycle_day <= 5)
    assert any(len(lesson.teachers) > 1 for lesson in taught)
    assert any(len(lesson.sections) > 1 for lesson in taught)
    assert any(part.part for lesson in taught for part in lesson.sections)
    assert any(not lesson.rooms for lesson in taught)
    assert any(length > 1 for length in lengths.values())
    assert len(lessons(draft, Kind.MEETING)) == 2 * draft.weeks
    assert {lesson.period for lesson in lessons(draft, Kind.DUTY)} == {3, 6}
    assert (
        len({(lesson.cycle_day, lesson.period) for lesson in lessons(draft, Kind.STANDBY)})
        >= 30 * draft.weeks
    )


def test_teachers_are_as_busy_as_in_real_schools() -> None:
    draft = generate_school(3)
    busy = Counter(code for lesson in lessons(draft) for code in lesson.teachers)
    part_time = {teacher.code for teacher in draft.teachers if teacher.target_hours == 15}
    full_time = [busy[teacher.code] for teacher in draft.teachers if teacher.code not in part_time]
    assert len(draft.teachers) == 60
    assert len(part_time) == 2
    assert 0.74 <= sum(full_time) / len(full_time) / 35 <= 0.82
    days = {lesson.cycle_day for lesson in draft.lessons for code in lesson.teachers if code in part_time}
    assert all(
        len({lesson.cycle_day for lesson in draft.lessons if code in lesson.teachers}) == 3
        for code in part_time
    )
    assert days


def test_people_have_names_and_codes_of_their_own() -> None:
    draft = generate_school(4, teachers=150)
    assert len({teacher.code for teacher in draft.teachers}) == 150
    assert len({teacher.name for teacher in draft.teachers}) == 150


def test_week_b_differs_a_little() -> None:
    draft = generate_school(5, ab_weeks=True)
    weeks: list[set[LessonDraft]] = [set(), set()]
    for lesson in draft.lessons:
        week, day = divmod(lesson.cycle_day - 1, 5)
        weeks[week].add(replace(lesson, cycle_day=day + 1))
    alike = len(weeks[0] & weeks[1]) / len(weeks[0])
    assert 0.75 < alike < 0.99
    assert generate_school(5).lessons == tuple(lesson for lesson in draft.lessons if lesson.cycle_day <= 5)


def test_a_teacher_placed_twice_survives_the_round_trip_with_a_notice() -> None:
    draft = generate_school(6, ab_weeks=True)
    taught = next(lesson for lesson in draft.lessons if lesson.teachers and lesson.cycle_day == 6)
    again = replace(taught, block="again", kind=Kind.DUTY, sections=(), rooms=(), subject="Lunch duty")
    doubled = replace(draft, lessons=in_order([*draft.lessons, again]))
    read = read_files(files_of_draft(doubled))
    assert read == doubled
    assert {notice.kind for notice in read.notices} == {NoticeKind.DOUBLE}
    assert len(read.notices) == len(taught.teachers)


@pytest.mark.parametrize("teachers", [0, 19, 151])
def test_a_staff_of_impossible_size(teachers: int) -> None:
    with pytest.raises(ValueError, match="20 to 150"):
        generate_school(1, teachers)
