"""What an absence takes away, and what follows when something below it changes."""

import datetime as dt
from itertools import combinations

import pytest
from time_machine import TimeMachineFixture

from absences.services.decide import cancel_absence
from absences.services.report import report_absence
from coverplans.models import CoverNeed
from coverplans.services.follow import on_timetable_changed
from schools.models import BellSchedule, CalendarDay, Closure, Period, Setting
from schools.services.calendar import add_closure, reinstate_closure
from schools.settings_registry import CO_TEACHING, CoTeaching
from schools.tenancy.door import tenant
from staffing.models import Lesson, LessonPost, LessonSection, Timetable
from tests.coverplans.services.days import MORNING, end, out
from tests.world import MONDAY, SchoolCast, World, at


def states(cast: SchoolCast, day: dt.date = MONDAY) -> list[tuple[int, str, str, str]]:
    """(period, absent, state, why not required) of each need, in order."""
    with tenant(cast.scope):
        rows = CoverNeed.objects.filter(date=day).order_by("starts_at", "post__code")
        return [(row.period_number, row.post.code, row.state, row.why_not_required) for row in rows]


def co_teach(cast: SchoolCast, teacher: str, number: int, *others: str) -> None:
    """These colleagues teach the lesson too, on Monday."""
    with tenant(cast.scope):
        for other in others:
            LessonPost.objects.create(
                district_id=cast.school.district_id,
                school=cast.school,
                lesson=cast.lessons[teacher, 1, number],
                post=cast.posts[other],
            )


def replace_each(cast: SchoolCast) -> None:
    with tenant(cast.scope):
        Setting.objects.create(
            district_id=cast.school.district_id,
            school=cast.school,
            key=CO_TEACHING.key,
            value=CoTeaching.REPLACE_EACH,
        )


def test_a_closed_day_has_no_needs(world: World) -> None:
    saturday = MONDAY - dt.timedelta(days=2)
    out(world.oak, "Ada", day=saturday)
    assert states(world.oak, saturday) == []


@pytest.mark.parametrize("kind", ["standby", "meeting"])
def test_standby_and_meetings_need_no_cover(world: World, kind: str) -> None:
    with tenant(world.oak.scope):
        Lesson.objects.filter(pk=world.oak.lessons["Ada", 1, 2].pk).update(kind=kind)
    out(world.oak, "Ada")
    assert [number for number, *_ in states(world.oak)] == [1, 3]


def test_a_duty_needs_cover(world: World) -> None:
    with tenant(world.oak.scope):
        Lesson.objects.filter(pk=world.oak.lessons["Ada", 1, 2].pk).update(kind="duty")
    out(world.oak, "Ada")
    assert [number for number, *_ in states(world.oak)] == [1, 2, 3]


def test_one_adult_is_enough_while_a_colleague_stays(world: World) -> None:
    co_teach(world.oak, "Ada", 2, "Cleo")
    out(world.oak, "Ada")
    assert (2, "Ada", "not_required", "co_taught") in states(world.oak)


def test_when_nobody_is_left_exactly_one_need_is_open_and_the_others_point_to_it(world: World) -> None:
    co_teach(world.oak, "Ada", 2, "Cleo", "Dan")
    out(world.oak, "Ada", "Cleo", "Dan")
    found = [row for row in states(world.oak) if row[0] == 2]
    assert sorted(row[2] for row in found) == ["not_required", "not_required", "open"]
    with tenant(world.oak.scope):
        standing = CoverNeed.objects.get(period_number=2, state="open")
        others = CoverNeed.objects.filter(period_number=2, state="not_required")
        assert {row.stands_with_id for row in others} == {standing.pk}


def test_whatever_the_order_of_absences_one_need_is_open(world: World) -> None:
    co_teach(world.oak, "Ada", 2, "Cleo", "Dan")
    for first, second in combinations(("Ada", "Cleo", "Dan"), 2):
        (third,) = {"Ada", "Cleo", "Dan"} - {first, second}
        made = out(world.oak, first) + out(world.oak, second)
        assert not [row for row in states(world.oak) if row[0] == 2 and row[2] == "open"]
        made += out(world.oak, third)
        assert len([row for row in states(world.oak) if row[0] == 2 and row[2] == "open"]) == 1
        for absence in made:
            end(world.oak, absence)


def test_replace_each_opens_a_need_per_absent_teacher(world: World) -> None:
    replace_each(world.oak)
    co_teach(world.oak, "Ada", 2, "Cleo", "Dan")
    out(world.oak, "Ada", "Cleo")
    assert [row for row in states(world.oak) if row[0] == 2] == [
        (2, "Ada", "open", ""),
        (2, "Cleo", "open", ""),
    ]


def test_a_lesson_of_which_a_quarter_of_an_hour_remains_taught_needs_nobody(world: World) -> None:
    out(world.oak, "Ada", starts="09:10", ends="14:00")
    assert states(world.oak) == [(2, "Ada", "not_required", "still_taught"), (3, "Ada", "open", "")]


def test_a_lesson_of_which_less_remains_needs_cover(world: World) -> None:
    out(world.oak, "Ada", starts="09:05", ends="14:00")
    assert states(world.oak) == [(2, "Ada", "open", ""), (3, "Ada", "open", "")]


def test_needs_are_in_the_schools_own_time_on_the_day_the_clocks_go_back(world: World) -> None:
    sunday = dt.date(2026, 10, 25)
    with tenant(world.oak.scope):
        CalendarDay.objects.create(
            district_id=world.oak.school.district_id,
            school=world.oak.school,
            date=sunday,
            is_open=True,
            cycle_day=1,
        )
    out(world.oak, "Ada", day=sunday)
    with tenant(world.oak.scope):
        first = CoverNeed.objects.filter(date=sunday).earliest("starts_at")
    assert first.starts_at == dt.datetime(2026, 10, 25, 7, 0, tzinfo=dt.UTC)


def test_a_report_makes_needs_and_cancelling_withdraws_them(world: World) -> None:
    with tenant(world.oak.scope):
        (absence,) = report_absence(
            post=world.oak.posts["Ada"],
            start_date=MONDAY,
            end_date=MONDAY,
            reason="sick",
            actor=None,
            now=MORNING,
        )
    assert [row[2] for row in states(world.oak)] == ["open", "open", "open"]
    with tenant(world.oak.scope):
        cancel_absence(absence=absence, actor=None, now=MORNING)
    assert {row[2] for row in states(world.oak)} == {"withdrawn"}


def test_a_closure_withdraws_the_needs_and_reinstating_brings_them_back(world: World) -> None:
    out(world.oak, "Ada")
    with tenant(world.oak.scope):
        add_closure(school=world.oak.school, name="Snow", starts_on=MONDAY, ends_on=MONDAY, actor=None)
    assert {row[2] for row in states(world.oak)} == {"withdrawn"}
    with tenant(world.oak.scope):
        reinstate_closure(closure=Closure.objects.get(), actor=None)
    assert {row[2] for row in states(world.oak)} == {"open"}


def new_version(cast: SchoolCast, without: int) -> None:
    """Ada's lessons again in a newer timetable, one of them left out."""
    owned = {"district_id": cast.school.district_id, "school": cast.school}
    old = Lesson.objects.filter(lesson_posts__post=cast.posts["Ada"], cycle_day=1).select_related("period")
    lessons = list(old)
    timetable = Timetable.objects.create(
        **owned, name="new", effective_from=MONDAY, source="csv", cycle_days=5
    )
    for lesson in lessons:
        if lesson.period.number != without:
            section = lesson.lesson_sections.get().section
            copy = Lesson.objects.create(
                **owned, timetable=timetable, cycle_day=1, period=lesson.period, subject=lesson.subject
            )
            LessonPost.objects.create(**owned, lesson=copy, post=cast.posts["Ada"])
            LessonSection.objects.create(**owned, lesson=copy, section=section)


def test_a_new_timetable_repoints_future_needs_and_withdraws_the_rest(
    world: World, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(at("12:00", MONDAY - dt.timedelta(days=3)))
    out(world.oak, "Ada")
    with tenant(world.oak.scope):
        before = {need.period_number: need.pk for need in CoverNeed.objects.all()}
        new_version(world.oak, without=3)
        on_timetable_changed(world.oak.school, MONDAY, None)
        after = {need.period_number: need for need in CoverNeed.objects.select_related("lesson__timetable")}
    assert {number: need.pk for number, need in after.items()} == before
    assert [after[number].state for number in (1, 2, 3)] == ["open", "open", "withdrawn"]
    assert [after[number].lesson.timetable.name for number in (1, 2, 3)] == ["new", "new", "2026"]


def test_a_new_timetable_never_touches_a_day_that_has_begun(
    world: World, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(at("09:00"))
    out(world.oak, "Ada")
    with tenant(world.oak.scope):
        new_version(world.oak, without=3)
        on_timetable_changed(world.oak.school, MONDAY, None)
        assert {
            need.lesson.timetable.name for need in CoverNeed.objects.select_related("lesson__timetable")
        } == {"2026"}
        assert {need.state for need in CoverNeed.objects.all()} == {"open"}


def test_a_one_off_bell_day_moves_the_needs_times(world: World) -> None:
    school = world.oak.school
    with tenant(world.oak.scope):
        owned = {"district_id": school.district_id, "school": school}
        bell = BellSchedule.objects.create(**owned, variant="short", name="Short", effective_from=MONDAY)
        Period.objects.create(
            **owned, bell=bell, cycle_day=1, number=1, name="1", starts="09:00", ends="09:30"
        )
        CalendarDay.objects.filter(school=school, date=MONDAY).update(bell_variant="short")
    out(world.oak, "Ada")
    with tenant(world.oak.scope):
        assert CoverNeed.objects.get(period_number=1).starts_at == at("09:00")
