"""`explain-cover`, as an operator calls it."""

import json
import uuid
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from coverplans.models import Assignment, CoverNeed
from coverplans.services.by_hand import assign
from coverplans.services.plan_day import plan_day
from schools.tenancy.door import tenant
from tests.coverplans.services.days import MORNING, out
from tests.world import MONDAY, SchoolCast, World, build_world


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


def run(*options: Any) -> str:
    said = StringIO()
    call_command("explain_cover", *[str(option) for option in options], stdout=said)
    return said.getvalue()


def first_need(cast: SchoolCast) -> CoverNeed:
    with tenant(cast.scope):
        return CoverNeed.objects.order_by("starts_at")[0]


def planned(cast: SchoolCast) -> CoverNeed:
    """Ada is out and the day is planned; her first lesson."""
    out(cast, "Ada")
    plan_day(scope=cast.scope, school_slug=cast.school.slug, date=MONDAY, actor=None, now=MORNING)
    return first_need(cast)


def test_a_choice_is_explained(world: World) -> None:
    need = planned(world.oak)
    said = run(need.uuid)
    with tenant(world.oak.scope):
        who = Assignment.objects.get(need=need).person
    assert who is not None
    assert "2026-11-23, period 1 (08:00–08:50): 7a" in said
    assert f"Now: {who.name} (planned)." in said
    assert "Version 1, draft:" in said
    assert "  1. " in said
    assert "Ben Oak: teaches 8b" in said


def test_the_same_for_programs(world: World) -> None:
    need = planned(world.oak)
    found = json.loads(run(need.uuid, "--json"))
    assert found["need"] == str(need.uuid)
    assert found["version"] == 1
    assert found["sentence"].endswith(".")
    assert 0 < len(found["alternatives"]) <= 5
    assert {row["name"] for row in found["excluded"]} >= {"Ada Oak", "Ben Oak"}


def test_why_not_somebody_who_cannot(world: World) -> None:
    need = planned(world.oak)
    said = run(need.uuid, "--person", world.oak.posts["Ben"].person.uuid)
    assert said.startswith("Ben Oak cannot take it: teaches 8b")


def test_why_not_somebody_who_could(world: World) -> None:
    need = planned(world.oak)
    assert world.north.substitute is not None
    found = json.loads(run(need.uuid, "--person", world.north.substitute.uuid, "--json"))
    assert found["possible"]
    assert found["proven"]
    assert any("dearer" in text for text in found["texts"])
    assert found["moves"][0]["need"] == str(need.uuid)
    assert "dearer" in run(need.uuid, "--person", world.north.substitute.uuid)


def test_what_was_chosen_by_hand_is_said_to_be(world: World) -> None:
    need = planned(world.oak)
    with tenant(world.oak.scope):
        seen = str(Assignment.objects.get(need=need).uuid)
        person = world.north.substitute
        assert person is not None
        assign(need=need, person=person, seen=seen, actor=None, now=MORNING)
    assert "Now: Sue Pool north, chosen by hand (planned)." in run(need.uuid)


def test_before_the_first_plan_there_is_nothing_to_explain(world: World) -> None:
    out(world.oak, "Ada")
    need = first_need(world.oak)
    assert "Not planned yet" in run(need.uuid)
    with pytest.raises(CommandError, match="plan the day first"):
        run(need.uuid, "--person", world.oak.posts["Ben"].person.uuid)


def test_what_does_not_exist_is_said_in_words(world: World) -> None:
    need = planned(world.oak)
    nowhere = uuid.uuid4()
    with pytest.raises(CommandError, match=f"There is no cover need {nowhere}"):
        run(nowhere)
    with pytest.raises(CommandError, match="“seven” is not an id"):
        run("seven")
    with pytest.raises(CommandError, match="works at this school or is in the district's pool"):
        run(need.uuid, "--person", world.fir.posts["Ben"].person.uuid)
    with pytest.raises(CommandError, match="works at this school or is in the district's pool"):
        run(need.uuid, "--person", world.elm.posts["Ben"].person.uuid)


def test_help_says_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        call_command("explain_cover", "--help")
    assert left.value.code == 0
    assert "Explain how one lesson ended" in capsys.readouterr().out
