"""`plan-cover`, as an operator calls it."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from time_machine import Traveller

from coverplans.models import Assignment, CoverPlan
from schools.models import CalendarDay, OutboxMessage
from schools.tenancy.door import tenant
from tests.coverplans.services.days import out
from tests.world import MONDAY, World, at, build_world


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


def run(*options: str) -> str:
    said = StringIO()
    call_command("plan_cover", *options, stdout=said)
    return said.getvalue()


def outcomes(*options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(*options, "--json"))
    return found


def test_a_school_is_planned_as_a_draft(world: World) -> None:
    out(world.oak, "Ada")
    said = run("--date", "2026-11-23", "--school", "oak")
    assert said == ("oak 2026-11-23: draft 1: 3 needs, 3 covered, 0 typed, 0 uncovered; proven best.\n")
    with tenant(world.oak.scope):
        assert {row.state for row in Assignment.objects.all()} == {"proposed"}


def test_publish_tells_the_people(world: World) -> None:
    out(world.oak, "Ada")
    (found,) = outcomes("--date", "2026-11-23", "--school", "oak", "--publish")
    assert (found["state"], found["version"], found["quality"]) == ("published", 1, "proven best")
    assert found["counts"] == {"needs": 3, "covered": 3, "measures": 0, "uncovered": 0}
    with tenant(world.oak.scope):
        told = OutboxMessage.objects.filter(topic="cover.assigned").count()
        assert found["told"] == told > 0


def test_what_nobody_takes_is_said(world: World) -> None:
    out(world.oak, "Ada", "Ben", "Cleo", "Dan", "Eve")
    (found,) = outcomes("--date", "2026-11-23", "--school", "oak")
    counts = found["counts"]
    assert counts["needs"] == 9
    assert counts["covered"] + counts["measures"] + counts["uncovered"] == 9
    assert 0 < counts["covered"] < 9
    assert counts["measures"] > 0


def test_a_district_plans_each_of_its_schools_and_no_other(world: World) -> None:
    for school in (world.oak, world.elm, world.fir):
        out(school, "Ada")
    said = run("--date", "2026-11-23", "--district", "north").splitlines()
    assert [line.split()[0] for line in said] == ["elm", "oak"]
    with tenant(world.fir.scope):
        assert not CoverPlan.objects.exists()


def test_a_closed_school_of_a_district_is_passed_over(world: World) -> None:
    with tenant(world.elm.scope):
        CalendarDay.objects.filter(date=MONDAY).update(is_open=False, cycle_day=None)
    states = {
        found["school"]: found["state"] for found in outcomes("--date", "2026-11-23", "--district", "north")
    }
    assert states == {"elm": "closed", "oak": "draft"}


def test_a_school_that_cannot_be_planned_fails_after_the_others_are_planned(world: World) -> None:
    with tenant(world.elm.scope):
        CalendarDay.objects.all().delete()
    with pytest.raises(CommandError, match=r"1 of 2 schools could not be planned: elm\."):
        run("--date", "2026-11-23", "--district", "north")
    with tenant(world.oak.scope):
        assert CoverPlan.objects.count() == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--date", "2026-11-28", "--school", "oak"), "Oak is closed on 28 November 2026"),
        (("--date", "2031-01-01", "--school", "oak"), "no calendar for 01 January 2031"),
        (("--date", "2026-11-23", "--school", "aok"), "There is no school “aok”.*oak"),
        (("--date", "2026-11-23", "--district", "west"), "There is no district “west”.*north, south"),
        (("--date", "monday", "--school", "oak"), "“monday” is not a date"),
        (("--school", "oak"), "--date"),
        (("--date", "today"), "--school --district is required"),
        (("--date", "today", "--school", "oak", "--district", "north"), "not allowed with"),
    ],
)
def test_wrong_arguments_are_said_in_words(world: World, options: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(*options)


@pytest.mark.parametrize(("word", "date"), [("today", "2026-11-23"), ("tomorrow", "2026-11-24")])
def test_days_are_those_of_the_schools_own_clock(world: World, word: str, date: str) -> None:
    (found,) = outcomes("--date", word, "--school", "oak")
    assert found["date"] == date


def test_at_the_schools_midnight_today_is_the_new_day(world: World, morning: Traveller) -> None:
    morning.move_to(at("00:30"))  # half past eleven on Sunday evening in UTC
    (found,) = outcomes("--date", "today", "--school", "oak")
    assert found["date"] == "2026-11-23"


def test_help_says_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        call_command("plan_cover", "--help")
    assert left.value.code == 0
    assert "Plan the cover of a school's day" in capsys.readouterr().out
