"""When only the pool is left: the offer on a substitute's phone, and what its answer does to the board."""

import pytest
from playwright.sync_api import expect

from tests.coverplans.services.days import out
from tests.world import World

from .conftest import OpenBrowser
from .visitor import Visitor


@pytest.fixture
def manager(world: World, visit: OpenBrowser) -> Visitor:
    """Ada is away and no colleague is free in her lessons; the manager has planned and published."""
    out(world.oak, "Ada", "Eve")
    out(world.oak, "Ben", starts="08:52", ends="10:52")
    out(world.oak, "Cleo", starts="07:00", ends="12:00")
    out(world.oak, "Dan", starts="07:00", ends="09:50")
    visitor = visit("manager")
    visitor.come_as(world.oak.users["cover_manager"])
    visitor.press_button("Plan the day")
    visitor.expect_tallies(open=0, planned=3)
    visitor.look("planned-with-the-pool")
    visitor.press_button("Publish 3 changes")
    visitor.expect_tallies(open=0, awaiting=3, covered=0)
    visitor.look("awaiting")
    return visitor


@pytest.fixture
def sue(world: World, visit: OpenBrowser) -> Visitor:
    """The substitute, signed in."""
    visitor = visit("sue")
    visitor.come_as(world.north.users["substitute"])
    return visitor


def test_accepting_covers_the_lessons(manager: Visitor, sue: Visitor) -> None:
    expect(sue.page.get_by_role("heading", name="Waiting for your answer")).to_be_visible()
    sue.look("offers")
    sue.press_button("Accept")
    expect(sue.page.get_by_text("You have accepted this job.")).to_be_visible()
    sue.look("accepted")
    manager.page.reload()
    manager.expect_tallies(open=0, awaiting=0, covered=3)
    expect(manager.needs("covered").first).to_contain_text("Sue Pool north")
    manager.look("covered-by-the-pool")


def test_declining_opens_them_again(manager: Visitor, sue: Visitor) -> None:
    sue.press_button("Decline")
    expect(sue.page.get_by_text("This does not count against you.")).to_be_visible()
    sue.look("declined")
    manager.page.reload()
    manager.expect_tallies(open=3, awaiting=0, covered=0)
    manager.needs("open").first.click()
    expect(manager.page.locator("#panel .why .state.open")).to_be_visible()
    manager.look("open-after-a-refusal")
