"""Two people at the same lesson: the second one is told, with both versions, and nothing is overwritten."""

from playwright.sync_api import Locator, expect

from schools.models import Membership, User
from schools.models.membership import Role
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from tests.coverplans.services.days import out
from tests.world import PASSWORD, YEAR_START, World

from .conftest import OpenBrowser
from .visitor import Visitor


def second_manager(world: World) -> User:
    district = world.north.district
    with tenant(Scope.system()):
        user = User.objects.create_user("second@oak.example", PASSWORD, district=district)
        Membership.objects.create(
            district=district,
            school=world.oak.school,
            user=user,
            role=Role.COVER_MANAGER,
            starts_on=YEAR_START,
        )
    return user


def opened_lesson(visitor: Visitor, user: User) -> Locator:
    """The panel of the first open lesson."""
    visitor.come_as(user)
    visitor.needs("open").first.click()
    panel = visitor.page.locator("#panel")
    expect(panel.get_by_role("heading", name="Who can")).to_be_visible()
    return panel


def test_the_second_assignment_of_a_lesson_shows_both_versions(world: World, visit: OpenBrowser) -> None:
    out(world.oak, "Ada")
    first, second = visit("first"), visit("second")
    first_panel = opened_lesson(first, world.oak.users["cover_manager"])
    second_panel = opened_lesson(second, second_manager(world))
    first_panel.get_by_role("button", name="Assign Eve Oak").click()
    expect(first_panel.locator(".why")).to_contain_text("Eve Oak")
    second.may_be_refused(409)
    second_panel.get_by_role("button", name="Assign Cleo Oak").click()
    problem = second.page.locator("#problem")
    expect(problem.get_by_role("heading", name="Somebody was faster")).to_be_visible()
    expect(problem.locator("dd")).to_contain_text(["Eve Oak", "Cleo Oak"])
    second.look("somebody-was-faster")
    problem.get_by_role("link", name="See how it is now").click()
    expect(second_panel.locator(".why")).to_contain_text("Eve Oak")
    second.look("how-it-is-now")
