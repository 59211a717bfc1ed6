"""Assign, take off, lock, measures, not needed: as plain forms, and never behind somebody's back."""

import re

import pytest
from django.test import Client

from schools.tenancy.door import tenant
from staffing.models import Lesson
from tests.coverplans.services.days import out
from tests.world import World

from .addresses import cell_url, day_url, need_of, seen, shown, taker_of


def person(world: World, name: str) -> str:
    return str(world.oak.posts[name].person.uuid)


def test_assigning_leads_back_to_the_panel_and_shows_it(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    need = need_of(world.oak, 2)
    answer = manager.post(cell_url(need, "board-assign"), {"person": person(world, "Dan"), "seen": ""})
    assert (answer.status_code, answer["Location"]) == (303, cell_url(need))
    page = shown(manager, cell_url(need))
    assert re.search(r'state planned"><span>Dan Oak', page)
    assert "Chosen by hand: " in page
    assert '<span class="tag">now</span>' in page


def test_the_form_of_the_page_is_the_form_that_works(world: World, manager: Client) -> None:
    """What the panel's own form holds is enough: a browser without scripts gets there."""
    out(world.oak, "Ada")
    need = need_of(world.oak, 2)
    page = shown(manager, cell_url(need))
    form = re.search(
        rf'<form method="post" action="{cell_url(need, "board-assign")}">.*?</form>', page, re.DOTALL
    )
    assert form is not None
    fields = dict(re.findall(r'name="(seen|person)" value="([^"]*)"', form[0])[:2])
    assert manager.post(cell_url(need, "board-assign"), fields).status_code == 303
    assert taker_of(world.oak, need) is not None


def test_unassigning_opens_the_lesson_again(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    manager.post(day_url("board-plan"))
    need = need_of(world.oak, 1)
    manager.post(cell_url(need, "board-unassign"), {"seen": seen(world.oak, need)})
    assert taker_of(world.oak, need) is None
    assert 'state open"' in shown(manager, cell_url(need))


@pytest.mark.parametrize(("locked", "word"), [("1", "Unlock"), ("0", "Lock")])
def test_a_choice_is_locked_and_unlocked(world: World, manager: Client, locked: str, word: str) -> None:
    out(world.oak, "Ada")
    manager.post(day_url("board-plan"))
    need = need_of(world.oak, 1)
    sent = {"seen": seen(world.oak, need), "locked": locked}
    assert manager.post(cell_url(need, "board-lock"), sent).status_code == 303
    assert f"{word} <kbd" in shown(manager, cell_url(need))


def test_self_study_is_a_typed_measure(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    need = need_of(world.oak, 1)
    manager.post(cell_url(need, "board-measure"), {"measure": "self_study", "seen": ""})
    assert 'data-letter="S">self-study' in shown(manager, cell_url(need))


def test_a_class_is_merged_into_the_one_that_was_chosen(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    need = need_of(world.oak, 3)
    into = world.oak.lessons["Dan", 1, 3]
    sent = {"measure": "merge", "option": str(into.uuid), "seen": ""}
    assert manager.post(cell_url(need, "board-measure"), sent).status_code == 303
    assert "merged: with 8b" in shown(manager, cell_url(need))


def test_a_merge_without_a_class_is_refused_with_what_to_do(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    answer = manager.post(cell_url(need_of(world.oak, 3), "board-measure"), {"measure": "merge", "seen": ""})
    assert answer.status_code == 422
    assert "Say which class receives the pupils." in answer.content.decode()


def test_not_needed_and_needed_after_all(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    need = need_of(world.oak, 1)
    manager.post(cell_url(need, "board-not-needed"))
    page = shown(manager, cell_url(need))
    assert "not needed" in page
    assert "the cover manager said so" in page
    manager.post(cell_url(need, "board-needed"))
    assert 'state open"' in shown(manager, cell_url(need))


def test_two_managers_and_one_lesson_the_later_one_sees_both_versions(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    need = need_of(world.oak, 2)
    manager.post(cell_url(need, "board-assign"), {"person": person(world, "Dan"), "seen": ""})
    answer = manager.post(cell_url(need, "board-assign"), {"person": person(world, "Eve"), "seen": ""})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<dd>Dan Oak</dd>" in page
    assert "<dd>Eve Oak</dd>" in page
    assert f'href="{cell_url(need)}"' in page
    row = taker_of(world.oak, need)
    assert row is not None
    assert row.person == world.oak.posts["Dan"].person


def test_who_teaches_then_is_refused_and_nothing_is_lost(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    need = need_of(world.oak, 1)
    answer = manager.post(cell_url(need, "board-assign"), {"person": person(world, "Ben"), "seen": ""})
    assert answer.status_code == 422
    assert "Ben Oak cannot take this: teaches 8b" in answer.content.decode()
    assert taker_of(world.oak, need) is None


def test_nobody_chosen_is_refused(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    answer = manager.post(cell_url(need_of(world.oak, 1), "board-assign"), {"seen": ""})
    assert answer.status_code == 422
    assert "Choose who takes the lesson." in answer.content.decode()


def test_somebody_of_another_district_does_not_exist(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    stranger = str(world.fir.posts["Dan"].person.uuid)
    nobody = "00000000-0000-4000-8000-000000000000"
    url = cell_url(need_of(world.oak, 1), "board-assign")
    answers = [manager.post(url, {"person": one, "seen": ""}) for one in (stranger, nobody)]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert "Dan" not in answers[0].content.decode()


def test_a_lesson_of_another_school_receives_nobody(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    with tenant(world.elm.scope):
        foreign = str(Lesson.objects.first().uuid)  # type: ignore[union-attr]  # the world has lessons
    sent = {"measure": "merge", "option": foreign, "seen": ""}
    assert manager.post(cell_url(need_of(world.oak, 3), "board-measure"), sent).status_code == 400


@pytest.mark.parametrize(
    "name",
    ["board-assign", "board-unassign", "board-lock", "board-measure", "board-not-needed", "board-needed"],
)
def test_who_may_only_look_changes_nothing(world: World, viewer: Client, manager: Client, name: str) -> None:
    out(world.oak, "Ada")
    need = need_of(world.oak, 1)
    sent = {"person": person(world, "Eve"), "seen": "", "measure": "self_study", "locked": "1"}
    assert viewer.post(cell_url(need, name), sent).status_code == 403
    assert manager.get(cell_url(need, name)).status_code == 405
    assert taker_of(world.oak, need) is None
