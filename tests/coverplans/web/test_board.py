"""What the day board shows."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.coverplans.services.days import out
from tests.world import MONDAY, World, at

from .addresses import cell_url, day_url, need_of, shown

TUESDAY = MONDAY + dt.timedelta(days=1)


def tallies(page: str) -> dict[str, int]:
    """State → how many lessons the head of the board counts."""
    found = re.findall(r'class="tally"[^>]*><b>(\d+)</b> <span class="state (\w+)"', page)
    return {state: int(number) for number, state in found}


def test_a_day_without_absences_says_how_one_begins(world: World, manager: Client) -> None:
    page = shown(manager, day_url())
    assert "Nobody is away" in page
    assert "Somebody phoned" in page


def test_every_lost_lesson_is_a_cell_in_its_period(world: World, manager: Client) -> None:
    out(world.oak, "Ada", "Dan")
    page = shown(manager, day_url())
    assert tallies(page) == {"open": 5, "awaiting": 0, "covered": 0}
    assert page.count('class="need is-open"') == 5
    assert "Ada Oak" in page
    assert "Dan Oak" in page
    assert page.count("08:00–08:50") >= 1


def test_the_board_has_a_column_for_each_period_and_for_the_long_breaks(
    world: World, manager: Client
) -> None:
    out(world.oak, "Ada")
    heads = re.findall(r'role="columnheader"( class="break")?>([^<]*)', shown(manager, day_url()))
    assert [label for _, label in heads] == ["Absent", "1", "2", "break", "3", "4", "break", "5", "6"]


def test_a_chosen_taker_is_planned_until_it_is_published(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    manager.post(day_url("board-plan"))
    page = shown(manager, day_url())
    assert tallies(page) == {"open": 0, "awaiting": 0, "covered": 0, "planned": 3}
    assert "proven best" in page
    assert "Publish 3 changes" in page
    manager.post(day_url("board-publish"))
    page = shown(manager, day_url())
    assert tallies(page)["covered"] == 3
    assert "Nothing to publish" in page
    assert "Undo publishing (until 07:15)" in page


def test_a_count_names_the_state_and_nobody(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    words = re.findall(
        r'class="tally"[^>]*><b>\d+</b> <span class="state \w+">([^<]*)<', shown(manager, day_url())
    )
    assert words == ["open", "awaiting", "covered"]


def test_who_changed_it_last_is_said(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    manager.post(day_url("board-plan"))
    assert "changed 06:45 by cover_manager" in shown(manager, day_url())


def test_nobody_reads_there_why_somebody_is_away(world: World, manager: Client, viewer: Client) -> None:
    out(world.oak, "Ada")
    for browser in (manager, viewer):
        for url in (day_url(), cell_url(need_of(world.oak, 1))):
            assert "sick" not in shown(browser, url).lower()


def test_who_may_only_look_gets_no_buttons_and_no_way_into_the_absence(world: World, viewer: Client) -> None:
    out(world.oak, "Ada")
    page = shown(viewer, cell_url(need_of(world.oak, 1)))
    assert 'action="/schools' not in page
    assert "Assign" not in page
    assert "/absences/" not in page.split("<main")[1]


def test_a_closed_day_says_so(world: World, manager: Client) -> None:
    sunday = shown(manager, "/schools/oak/board/2026-11-29/")
    assert "The school is closed on this day" in sunday
    assert "No lessons on this day of the week." in sunday


def test_the_days_before_and_after_are_open_ones(world: World, manager: Client) -> None:
    page = shown(manager, day_url())
    assert 'href="/schools/oak/board/2026-11-20/" rel="prev"' in page
    assert f'href="/schools/oak/board/{TUESDAY}/" rel="next"' in page


@pytest.mark.parametrize(
    ("moment", "date"),
    [
        (at("06:45"), MONDAY),
        (at("14:14"), MONDAY),
        (at("14:15"), TUESDAY),
        (at("20:00", MONDAY - dt.timedelta(days=2)), MONDAY),
    ],
)
def test_the_board_opens_on_today_until_the_last_bell(
    world: World, manager: Client, moment: dt.datetime, date: dt.date
) -> None:
    with time_machine.travel(moment, tick=False):
        answer = manager.get("/schools/oak/board/")
    assert answer["Location"] == f"/schools/oak/board/{date}/"


@pytest.mark.parametrize("date", ["2026-02-30", "2026-13-01", "20261123"])
def test_a_date_that_is_none_is_not_there(world: World, manager: Client, date: str) -> None:
    assert manager.get(f"/schools/oak/board/{date}/").status_code == 404


def test_a_lesson_of_another_day_or_school_is_not_there(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    out(world.elm, "Ada")
    ours, theirs = need_of(world.oak, 1), need_of(world.elm, 1)
    assert manager.get(cell_url(theirs)).status_code == 404
    assert manager.get(cell_url(ours).replace(str(MONDAY), str(TUESDAY))).status_code == 404


def test_htmx_gets_the_part_it_asked_for(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    url = cell_url(need_of(world.oak, 1))
    panel = manager.get(url, headers={"HX-Request": "true", "HX-Target": "panel"}).content.decode()
    day = manager.get(url, headers={"HX-Request": "true", "HX-Target": "day"}).content.decode()
    assert panel.startswith("<aside")
    assert "<table" not in panel
    assert day.startswith('<div id="day">')
    assert "<aside" in day
    assert "<html" not in day
    assert "HX-Target" in manager.get(url)["Vary"]


def test_the_questions_do_not_grow_with_the_day(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    manager.get(day_url())
    with CaptureQueriesContext(
        connection,
    ) as one:
        shown(manager, day_url())
    out(world.oak, "Ben", "Cleo", "Dan")
    with CaptureQueriesContext(connection) as four:
        shown(manager, day_url())
    assert len(four) == len(one)
