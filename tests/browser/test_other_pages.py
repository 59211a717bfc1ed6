"""The pages beside the main job, each looked at once."""

from playwright.sync_api import expect

from schools.models import User
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from tests.coverplans.services.days import out
from tests.world import PASSWORD, World

from .conftest import OpenBrowser


def test_the_way_in(world: World, visit: OpenBrowser) -> None:
    """A wrong password, the forgotten one, an address that does not exist, and a login that has no role yet."""
    with tenant(Scope.system()):
        newcomer = User.objects.create_user("new@north.example", PASSWORD, district=world.north.district)
    somebody = visit("somebody")
    somebody.open("/")
    expect(somebody.page.get_by_role("heading", name="Sign in")).to_be_visible()
    somebody.look("sign-in")
    somebody.page.get_by_label("E-mail").fill("cover_manager@oak.example")
    somebody.page.get_by_label("Password").fill("wrong")
    somebody.press_button("Sign in")
    expect(somebody.page.get_by_role("alert")).to_contain_text("E-mail and password don't belong together.")
    somebody.look("wrong-password")
    somebody.page.get_by_role("link", name="I don't know my password").click()
    somebody.expect_heading("Get a new password")
    somebody.look("new-password")
    somebody.may_be_refused(404)
    somebody.open("/nothing/")
    somebody.look("not-found")
    somebody.sign_in(newcomer)
    expect(somebody.page.get_by_role("heading", name="have no role yet")).to_be_visible()
    somebody.look("no-role")


def test_the_office(world: World, visit: OpenBrowser) -> None:
    """The absences of a day, one of them, its change, and the reports."""
    out(world.oak, "Ada", "Dan")
    manager = visit("manager")
    manager.come_as(world.oak.users["cover_manager"])
    manager.page.locator("#day summary[aria-label=More]").click()
    manager.page.get_by_role("link", name="Absences").click()
    manager.expect_heading("Away on Mon 23 Nov")
    manager.look("absences")
    manager.page.get_by_role("link", name="Ada Oak").click()
    manager.expect_heading("Ada Oak")
    manager.look("absence")
    manager.press_button("Change")
    manager.expect_heading("Change the absence")
    manager.look("change")
    manager.open("/reports/")
    manager.look("reports")


def test_a_teachers_and_a_substitutes_empty_pages(world: World, visit: OpenBrowser) -> None:
    ada = visit("ada")
    ada.come_as(world.oak.users["teacher"])
    ada.open("/my/cover/")
    expect(ada.page.get_by_role("heading", name="Nothing to cover")).to_be_visible()
    ada.look("nothing-to-cover")
    sue = visit("sue")
    sue.come_as(world.north.users["substitute"])
    expect(sue.page.get_by_role("heading", name="No jobs just now")).to_be_visible()
    sue.look("no-jobs")
