"""Plan, publish, take it back, drop: the buttons of the whole day."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client

from coverplans.models import Assignment, CoverPlan
from schools.tenancy.door import tenant
from tests.coverplans.services.days import MORNING, out
from tests.world import MONDAY, World

from .addresses import cell_url, day_url, need_of, seen, shown, taker_of


def states(world: World) -> list[str]:
    with tenant(world.oak.scope):
        return [plan.state for plan in CoverPlan.objects.order_by("version")]


def test_planning_says_what_it_found_and_that_nobody_knows_yet(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    answer = manager.post(day_url("board-plan"), follow=True)
    assert answer.redirect_chain == [(day_url(), 303)]
    page = answer.content.decode()
    assert "Planned: every lesson is taken care of. Nobody has been told yet." in page
    assert "people not yet told" in page or "person not yet told" in page


def test_publishing_says_how_many_are_told(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    manager.post(day_url("board-plan"))
    page = manager.post(day_url("board-publish"), follow=True).content.decode()
    with tenant(world.oak.scope):
        people = Assignment.objects.filter(state="confirmed").values("person").distinct().count()
    assert f"Published; {'1 person is' if people == 1 else f'{people} people are'} told." in page
    assert states(world) == ["published"]


def test_the_planner_keeps_what_was_locked(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    need, dan = need_of(world.oak, 2), world.oak.posts["Dan"].person
    manager.post(cell_url(need, "board-assign"), {"person": str(dan.uuid), "seen": ""})
    manager.post(cell_url(need, "board-lock"), {"locked": "1", "seen": seen(world.oak, need)})
    manager.post(day_url("board-plan"))
    row = taker_of(world.oak, need)
    assert row is not None
    assert row.person == dan
    assert '<span class="tag">locked</span>' in shown(manager, day_url())


def test_a_change_after_publishing_is_marked_until_it_is_published_too(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    manager.post(day_url("board-plan"))
    manager.post(day_url("board-publish"))
    need = need_of(world.oak, 1)
    manager.post(cell_url(need, "board-unassign"), {"seen": seen(world.oak, need)})
    page = shown(manager, day_url())
    assert "Publish 1 change" in page
    assert '<span class="tag">not told</span>' in page
    assert "no longer 7a" in page
    assert "proven best, 1 lesson changed since" in page
    assert "Undo publishing" not in page


def test_what_is_not_published_can_be_dropped(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    manager.post(day_url("board-plan"))
    manager.post(day_url("board-publish"))
    need = need_of(world.oak, 1)
    before = taker_of(world.oak, need)
    manager.post(cell_url(need, "board-unassign"), {"seen": seen(world.oak, need)})
    assert "Drop what is not published" in shown(manager, day_url())
    page = manager.post(day_url("board-discard"), follow=True).content.decode()
    assert "Dropped: the day is as it was published." in page
    assert taker_of(world.oak, need) == before
    assert "Nothing to publish" in page


def test_a_publication_can_be_taken_back_for_a_while(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    manager.post(day_url("board-plan"))
    manager.post(day_url("board-publish"))
    page = manager.post(day_url("board-undo-publish"), follow=True).content.decode()
    assert "Taken back" in page
    assert "Publish 3 changes" in page
    assert states(world) == ["draft"]


def test_after_a_while_it_cannot_and_the_button_is_gone(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    manager.post(day_url("board-plan"))
    manager.post(day_url("board-publish"))
    with time_machine.travel(MORNING + dt.timedelta(minutes=31), tick=False):
        assert "Undo publishing" not in shown(manager, day_url())
        answer = manager.post(day_url("board-undo-publish"))
    assert answer.status_code == 422
    assert "published too long ago" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("board-publish", 409, "There is nothing to publish"),
        ("board-undo-publish", 409, "Nothing is published for this day."),
        ("board-discard", 409, "There is nothing to drop"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_way_back(
    world: World, manager: Client, name: str, status: int, said: str
) -> None:
    answer = manager.post(day_url(name))
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert f'href="{day_url()}"' in answer.content.decode()


def test_nobody_publishes_a_version_they_did_not_see(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    manager.post(day_url("board-plan"))
    old = re.search(r'name="seen" value="([^"]+)"', shown(manager, day_url()))
    assert old is not None
    manager.post(day_url("board-plan"))
    answer = manager.post(day_url("board-publish"), {"seen": old[1]})
    assert answer.status_code == 409
    assert "There is a newer version of this day." in answer.content.decode()


def test_a_closed_day_is_not_planned(world: World, manager: Client) -> None:
    sunday = MONDAY + dt.timedelta(days=6)
    answer = manager.post(day_url("board-plan").replace(str(MONDAY), str(sunday)))
    assert answer.status_code == 422
    assert "is closed on" in answer.content.decode()


@pytest.mark.parametrize("name", ["board-plan", "board-publish", "board-undo-publish", "board-discard"])
def test_who_may_only_look_changes_nothing(world: World, viewer: Client, manager: Client, name: str) -> None:
    out(world.oak, "Ada")
    assert viewer.post(day_url(name)).status_code == 403
    assert manager.get(day_url(name)).status_code == 405
    assert manager.post(day_url(name, "elm")).status_code == 404
    assert states(world) == []
