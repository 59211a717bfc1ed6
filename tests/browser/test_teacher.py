"""A teacher's half minute: report, see that it arrived, change it, come back early, take it back."""

import pytest
import time_machine
from playwright.sync_api import Locator, expect

from tests.world import World, at

from .conftest import OpenBrowser
from .visitor import Visitor


@pytest.fixture
def ada(world: World, visit: OpenBrowser) -> Visitor:
    """Ada of Oak, signed in: she teaches the first three periods."""
    visitor = visit("ada")
    visitor.come_as(world.oak.users["teacher"])
    return visitor


def tick(visitor: Visitor, when: str) -> Locator:
    return visitor.page.locator(".tick", has_text=when).get_by_role("checkbox")


def report_today(visitor: Visitor) -> None:
    visitor.open("/absences/new/")
    visitor.page.get_by_label("Sick").check()
    visitor.press_button("Report absence")
    expect(visitor.page.get_by_role("heading", name="Reported 06:4")).to_be_visible()


def test_today_all_day(ada: Visitor) -> None:
    """Once; the second report of the same day is refused, and what was typed is kept."""
    page = ada.page
    expect(page.get_by_role("heading", name="No absences")).to_be_visible()
    ada.look("no-absences")
    ada.press_button("Report an absence")
    expect(page.get_by_label("Today")).to_be_checked()
    expect(page.get_by_label("All day")).to_be_checked()
    expect(page.get_by_text("3 lessons on that day need cover")).to_be_visible()
    page.get_by_label("Sick").check()
    ada.look("report")
    ada.press_button("Report absence")
    expect(page.get_by_text("Cover manager told. 3 lessons will be covered.")).to_be_visible()
    expect(page.get_by_text("You can change this until 08:00.")).to_be_visible()
    ada.look("receipt")
    ada.may_be_refused(422)
    ada.open("/absences/new/")
    page.get_by_label("Training").check()
    ada.press_button("Report absence")
    expect(page.get_by_role("alert").filter(has_text="is already reported")).to_be_visible()
    expect(page.get_by_label("Training")).to_be_checked()
    ada.look("twice")


def test_part_of_tomorrow_by_ticking_lessons(ada: Visitor) -> None:
    """What is half filled outlives a reload."""
    page = ada.page
    ada.open("/absences/new/")
    page.get_by_label("Tomorrow").check()
    page.get_by_label("Part of the day").check()
    tick(ada, "08:00–08:50").uncheck()
    page.reload()
    expect(page.get_by_label("Part of the day")).to_be_checked()
    expect(tick(ada, "08:00–08:50")).not_to_be_checked()
    expect(tick(ada, "10:00–10:50")).to_be_checked()
    page.get_by_label("Training").check()
    page.get_by_text("Leave work for the classes").click()
    page.get_by_label("08:55–09:45").last.fill("Page 12, numbers 1 to 8")
    ada.look("part-of-a-day")
    ada.press_button("Report absence")
    expect(page.get_by_text("2 lessons will be covered.")).to_be_visible()
    expect(page.get_by_text("Tue 24 Nov, periods 2, 3")).to_be_visible()
    ada.look("receipt")


def test_an_absence_is_changed_and_taken_back(ada: Visitor) -> None:
    page = ada.page
    report_today(ada)
    ada.press_button("Change")
    page.get_by_label("Part of the day").check()
    tick(ada, "10:00–10:50").uncheck()
    ada.look("change")
    ada.press_button("Go on")
    expect(page.get_by_text("1 lesson is not lost any more: Mon 23 Nov at 10:00.")).to_be_visible()
    ada.look("what-it-means")
    ada.press_button("Yes, change it")
    expect(page.get_by_text("2 lessons will be covered.")).to_be_visible()
    ada.press_button("Cancel the absence")
    ada.expect_heading("Cancel the absence")
    ada.look("cancel")
    ada.press_button("Yes, cancel it")
    expect(page.get_by_text("The absence is cancelled.")).to_be_visible()
    ada.look("cancelled")


def test_back_early(ada: Visitor, clock: time_machine.Traveller) -> None:
    page = ada.page
    report_today(ada)
    clock.move_to(at("09:50"))
    ada.open("/absences/")
    ada.look("while-away")
    ada.press_button("Come back early")
    ada.expect_heading("Come back early")
    ada.look("back-early")
    ada.press_button("Go on")
    expect(page.get_by_text("1 lesson is not lost any more: Mon 23 Nov at 10:00.")).to_be_visible()
    ada.press_button("Yes, change it")
    expect(page.get_by_text("2 lessons will be covered.")).to_be_visible()


def test_an_end_before_the_start_keeps_what_was_typed(ada: Visitor) -> None:
    page = ada.page
    ada.may_be_refused(422)
    ada.open("/absences/new/")
    page.get_by_label("Other days").check()
    page.get_by_label("First day").fill("2026-11-25")
    page.get_by_label("Last day").fill("2026-11-24")
    page.get_by_label("Personal").check()
    page.get_by_text("Add a note").click()
    page.get_by_label("Note for the office").fill("Call me after ten.")
    ada.press_button("Report absence")
    expect(page.get_by_role("alert").filter(has_text="What you typed is still here.")).to_be_visible()
    expect(page.get_by_label("First day")).to_have_value("2026-11-25")
    expect(page.get_by_label("Last day")).to_have_value("2026-11-24")
    expect(page.get_by_label("Personal")).to_be_checked()
    expect(page.get_by_label("Note for the office")).to_have_value("Call me after ten.")
    ada.look("end-before-start")
