"""The difference between the version that counts and a draft, lesson by lesson and teacher by teacher."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schools.models import School
from schools.tenancy.door import tenant
from staffing.importers.draft import TimetableDraft
from staffing.importers.generator import generate_school
from staffing.selectors.timetable_diff import TimetableDiff, timetable_diff
from tests.staffing.drafts import FROM, blank_school, draft_of, scope_of
from tests.staffing.importers.sources import PERIOD_HEADER, read
from tests.staffing.services.loading import load
from tests.world import World

Compare = Callable[[TimetableDraft], TimetableDiff]
FIRST = "1,all,1,1,ADE,7a,Maths,R1,lesson\n"


@pytest.fixture
def school(world: World) -> School:
    return blank_school(world)


@pytest.fixture
def compare(school: School) -> Compare:
    """The tiny timetable is loaded; what would a draft change?"""
    load(school, read(FIRST))

    def diff(draft: TimetableDraft) -> TimetableDiff:
        with tenant(scope_of(school)):
            return timetable_diff(school=school, draft=draft, effective_from=FROM)

    return diff


def counts(diff: TimetableDiff) -> tuple[int, int, int]:
    return diff.added, diff.removed, diff.changed


def sentences(diff: TimetableDiff) -> dict[str, list[str]]:
    return {teacher.name: teacher.sentences for teacher in diff.teachers}


def test_the_first_timetable_is_all_new(school: School) -> None:
    with tenant(scope_of(school)):
        diff = timetable_diff(school=school, draft=read(FIRST), effective_from=FROM)
    assert (diff.since, diff.lessons_before, counts(diff)) == (None, 0, (1, 0, 0))
    assert diff.new_people == ("Folake Adeyemi", "Lars Lund")


def test_the_same_timetable_is_no_difference(compare: Compare) -> None:
    assert compare(read(FIRST)).is_empty


def test_a_whole_school_with_co_teaching_and_parts_is_no_difference_to_itself(world: World) -> None:
    school, draft = blank_school(world, "whole"), generate_school(3, ab_weeks=True)
    load(school, draft)
    with tenant(scope_of(school)):
        assert timetable_diff(school=school, draft=draft, effective_from=FROM).is_empty


def test_new_ids_of_the_same_lessons_are_no_difference(compare: Compare) -> None:
    assert compare(read(FIRST.replace("1,", "lesson-77,", 1))).is_empty


def test_a_lesson_more(compare: Compare) -> None:
    diff = compare(read(FIRST + "2,all,2,2,LUN,7b,French,R2,lesson\n"))
    assert counts(diff) == (1, 0, 0)
    assert sentences(diff) == {"Lars Lund": ["new: Tuesday, Second (08:45–09:30): French 7b in R2"]}


def test_a_lesson_at_another_time_is_one_gone_and_one_new(compare: Compare) -> None:
    diff = compare(read("1,all,2,1,ADE,7a,Maths,R1,lesson\n"))
    assert counts(diff) == (1, 1, 0)
    assert [(teacher.added, teacher.removed) for teacher in diff.teachers] == [(1, 1)]


def test_another_room_is_a_change(compare: Compare) -> None:
    diff = compare(read(FIRST.replace("R1", "R2")))
    assert counts(diff) == (0, 0, 1)
    assert sentences(diff) == {
        "Folake Adeyemi": ["changed: Monday, First (08:00–08:45): Maths 7a in R1 → Maths 7a in R2"]
    }


def test_another_teacher_has_one_more_and_the_first_one_less(compare: Compare) -> None:
    diff = compare(read(FIRST.replace("ADE", "LUN")))
    assert counts(diff) == (0, 0, 1)
    assert {teacher.name: (teacher.added, teacher.removed) for teacher in diff.teachers} == {
        "Folake Adeyemi": (0, 1),
        "Lars Lund": (1, 0),
    }


def test_a_lesson_left_to_nobody(compare: Compare) -> None:
    diff = compare(read(FIRST + "2,all,2,2,,7b,Chess,,unstaffed\n"))
    assert sentences(diff) == {"Nobody": ["new: Tuesday, Second (08:45–09:30): Chess 7b"]}


def test_who_would_be_made(compare: Compare) -> None:
    assert compare(read(FIRST, teachers="id,name\nADE,Folake Adeyemi\nNEW,Noa New\n")).new_people == (
        "Noa New",
    )


def test_other_times(compare: Compare) -> None:
    diff = compare(
        read(FIRST, periods=PERIOD_HEADER + "1,1,Monday,First,07:30,08:15\n2,1,Tuesday,,08:00,08:45\n")
    )
    assert diff.bells == ("Monday, period First: 08:00–08:45 → 07:30–08:15",)
    assert counts(diff) == (0, 0, 0)


@pytest.mark.parametrize("at_once", [3, 30])
def test_as_many_queries_however_many_lessons(world: World, at_once: int) -> None:
    school, draft = blank_school(world, "sized"), draft_of(at_once)
    load(school, draft)
    fewer = replace(draft, lessons=draft.lessons[:-1])
    with tenant(scope_of(school)), CaptureQueriesContext(connection) as captured:
        timetable_diff(school=school, draft=fewer, effective_from=FROM)
    assert len(captured) == 7
