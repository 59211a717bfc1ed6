"""The main job: from "somebody phoned" to a published day, with mouse and keys, by touch, and without any script."""

import pytest
from playwright.sync_api import Locator, expect

from tests.coverplans.services.days import out
from tests.world import World

from .conftest import OpenBrowser
from .visitor import Visitor


@pytest.fixture
def manager(world: World, visit: OpenBrowser) -> Visitor:
    """Oak's cover manager, signed in, at the board."""
    visitor = visit("manager")
    visitor.sign_in(world.oak.users["cover_manager"])
    return visitor


def cell(visitor: Visitor, number: int) -> Locator:
    """Ada's lesson of this period."""
    return visitor.page.locator(".need", has_text=f"{number} · ")


def test_somebody_phoned_takes_a_few_keys(manager: Visitor) -> None:
    """N, a part of the name, Enter: five keys and the teacher is away, today, all day. A wrong name is kept."""
    page = manager.page
    expect(page).to_have_title("Mon 23 Nov · Oak")
    expect(page.get_by_text("Nobody is away")).to_be_visible()
    manager.look("empty-board")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    manager.look("keys")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    name = page.get_by_label("Who phoned")
    expect(name).to_be_focused()
    manager.look("somebody-phoned")
    manager.may_be_refused(422)
    page.keyboard.type("zoe")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Nothing was saved yet")).to_be_visible()
    expect(name).to_have_value("zoe")
    manager.look("nobody-of-this-name")
    name.fill("ada")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Ada Oak is away, Mon 23 Nov, all day.")
    manager.expect_tallies(open=3, awaiting=0, covered=0)
    manager.look("open-lessons")


def test_a_day_is_planned_published_taken_back_and_published_again(world: World, manager: Visitor) -> None:
    out(world.oak, "Ada")
    page = manager.page
    page.reload()
    manager.expect_tallies(open=3)
    _lose_the_connection(manager)
    manager.press_button("Plan the day")
    expect(
        page.get_by_role("status").filter(has_text="Planned: every lesson is taken care of")
    ).to_be_visible()
    manager.expect_tallies(open=0, planned=3)
    expect(page.get_by_text("proven best")).to_be_visible()
    manager.look("planned")
    manager.press_button("Publish 3 changes")
    manager.expect_tallies(open=0, awaiting=0, covered=3)
    expect(manager.needs("covered")).to_have_count(3)
    manager.look("published")
    page.get_by_role("button", name="Undo publishing").click()
    manager.expect_tallies(covered=0, planned=3)
    manager.look("taken-back")
    manager.press_button("Publish 3 changes")
    manager.expect_tallies(covered=3)
    page.get_by_role("link", name="Day sheet").click()
    expect(page.locator("tbody .state.covered")).to_have_count(3)
    manager.look("day-sheet")


def _lose_the_connection(manager: Visitor) -> None:
    """What is done meanwhile is not lost silently."""
    manager.may_hear(r"net::ERR_FAILED|^htmx:(sendError|afterRequest)\b")
    manager.page.route("**/plan/", lambda route: route.abort())
    manager.press_button("Plan the day")
    lost = manager.page.get_by_text("The server could not be reached. Nothing was changed")
    expect(lost).to_be_visible()
    manager.look("offline")
    manager.page.unroute("**/plan/")


def test_one_lesson_goes_through_everybodys_hands(world: World, manager: Visitor) -> None:
    """Arrows and Enter open it; then every choice there is, each taken back."""
    out(world.oak, "Ada")
    page = manager.page
    page.reload()
    manager.press_button("Plan the day")
    manager.expect_tallies(planned=3)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(cell(manager, 2)).to_be_focused()
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel.get_by_role("heading", level=2)).to_be_focused()
    manager.look("panel")
    _assign_another(manager, panel)
    _lock_and_let_go(manager, panel)
    _measures(manager, panel)
    page.keyboard.press("a")
    expect(panel.locator(".why .state.planned")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(cell(manager, 2)).to_be_focused()
    manager.expect_tallies(open=0, planned=3)


def _assign_another(manager: Visitor, panel: Locator) -> None:
    candidate = panel.locator(".candidate", has=manager.page.get_by_role("button")).first
    name = candidate.get_by_role("heading").inner_text()
    candidate.get_by_role("button", name=f"Assign {name}").click()
    expect(panel.locator(".why")).to_contain_text(name)
    expect(cell(manager, 2).locator(".state.planned")).to_contain_text(name)
    manager.look("assigned-another")


def _lock_and_let_go(manager: Visitor, panel: Locator) -> None:
    panel.get_by_role("button", name="Lock").click()
    expect(cell(manager, 2)).to_contain_text("locked")
    manager.look("locked")
    manager.page.keyboard.press("l")
    expect(cell(manager, 2)).not_to_contain_text("locked")
    panel.get_by_role("button", name="Un-assign").click()
    expect(cell(manager, 2).locator(".state.open")).to_be_visible()
    manager.expect_tallies(open=1, planned=2)
    manager.look("open-again")


def _measures(manager: Visitor, panel: Locator) -> None:
    panel.get_by_role("button", name="Self-study").click()
    expect(cell(manager, 2)).to_contain_text("self-study")
    manager.look("self-study")
    panel.get_by_role("button", name="Not needed").click()
    expect(cell(manager, 2)).to_contain_text("not needed")
    manager.look("not-needed")
    panel.get_by_role("button", name="It needs cover after all").click()
    manager.expect_tallies(open=1, planned=2)


def test_the_same_without_scripts(world: World, visit: OpenBrowser) -> None:
    """Every step is a plain form: phoned, assigned, planned, published, taken back, the sheet."""
    manager = visit("manager", scripts=False)
    page = manager.page
    manager.sign_in(world.oak.users["cover_manager"])
    manager.press_button("Somebody phoned")
    page.get_by_label("Who phoned").fill("ada")
    manager.press_button("Enter the absence")
    manager.expect_tallies(open=3)
    cell(manager, 2).click()
    manager.expect_heading("Who can")
    manager.look("panel")
    page.locator(".candidate").get_by_role("button").first.click()
    manager.expect_tallies(open=2, planned=1)
    page.get_by_role("link", name="Close").click()
    page.get_by_role("button", name="Plan").click()
    manager.expect_tallies(open=0, planned=3)
    manager.press_button("Publish 3 changes")
    manager.expect_tallies(open=0, covered=3)
    manager.look("published")
    page.get_by_role("button", name="Undo publishing").click()
    manager.expect_tallies(covered=0, planned=3)
    page.get_by_role("link", name="Day sheet").click()
    expect(page.get_by_text("draft, not published")).to_be_visible()
    manager.look("day-sheet")
