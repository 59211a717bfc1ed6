"""The day on paper."""

import datetime as dt

from django.test import Client

from absences.models import Absence
from schools.tenancy.door import tenant
from tests.coverplans.services.days import out
from tests.world import World

from .addresses import cell_url, day_url, need_of, seen, shown


def test_an_empty_day_says_what_will_be_here(world: World, viewer: Client) -> None:
    assert "No cover on this day" in shown(viewer, day_url("day-sheet"))


def test_a_draft_is_printed_as_one(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    manager.post(day_url("board-plan"))
    page = shown(manager, day_url("day-sheet"))
    assert "draft, not published" in page
    assert page.count("<tbody") == 3
    assert "state planned" in page


def test_the_sheet_shows_what_is_published_and_not_what_is_being_prepared(
    world: World, manager: Client, viewer: Client
) -> None:
    out(world.oak, "Ada")
    manager.post(day_url("board-plan"))
    manager.post(day_url("board-publish"))
    need = need_of(world.oak, 1)
    manager.post(cell_url(need, "board-unassign"), {"seen": seen(world.oak, need)})
    page = shown(viewer, day_url("day-sheet"))
    assert "version 1, published 06:45" in page
    assert page.count("state covered") == 3
    assert "state open" not in page


def test_changes_since_the_version_before_are_marked_and_can_stand_alone(
    world: World, manager: Client
) -> None:
    out(world.oak, "Ada")
    manager.post(day_url("board-plan"))
    manager.post(day_url("board-publish"))
    need = need_of(world.oak, 2)
    manager.post(cell_url(need, "board-measure"), {"measure": "self_study", "seen": seen(world.oak, need)})
    manager.post(day_url("board-publish"))
    whole = shown(manager, day_url("day-sheet"))
    changes = shown(manager, day_url("day-sheet") + "?only=new")
    assert whole.count('<span class="tag">new</span>') == 1
    assert whole.count('scope="row"') == 3
    assert changes.count('scope="row"') == 1
    assert "self-study" in changes


def test_without_changes_the_old_print_is_still_right(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    manager.post(day_url("board-plan"))
    manager.post(day_url("board-publish"))
    assert "Nothing has changed" in shown(manager, day_url("day-sheet") + "?only=new")


def test_names_and_lessons_only(world: World, manager: Client) -> None:
    (absence,) = out(world.oak, "Ada")
    with tenant(world.oak.scope):
        Absence.objects.filter(pk=absence.pk).update(
            note_for_cover="words for the class", note_for_office="words for the office"
        )
    page = shown(manager, day_url("day-sheet"))
    assert "Ada Oak (all day)" in page
    assert page.count(">left<") == 3
    assert "words for" not in page
    assert "sick" not in page.lower()


def test_a_lesson_that_was_waived_is_listed_as_not_needed(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    manager.post(cell_url(need_of(world.oak, 1), "board-not-needed"))
    assert "not needed" in shown(manager, day_url("day-sheet"))


def test_half_an_absence_is_said_by_the_clock(world: World, manager: Client) -> None:
    (absence,) = out(world.oak, "Ada", starts="09:50", ends="23:59")
    with tenant(world.oak.scope):
        absence.days.update(start_time=dt.time(9, 50))
    assert "Ada Oak (from 09:50)" in shown(manager, day_url("day-sheet"))
