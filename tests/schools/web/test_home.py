"""`/` leads each role to its work, and the frame offers the places of the role."""

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from schools.access.caller import Caller, Place, read_caller
from schools.models import Membership, User
from schools.models.membership import Role
from schools.tenancy.door import tenant
from schools.web.context import frame
from schools.web.home import work_of
from tests.world import MONDAY, World

SignedIn = Callable[[User], Client]


def test_signed_out_people_are_asked_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/").headers["Location"] == "/sign-in/?next=%2F"


@pytest.mark.parametrize(
    ("role", "work"),
    [
        ("cover_manager", "/schools/oak/board/"),
        ("approver", "/schools/oak/board/"),
        ("school_viewer", "/schools/oak/board/"),
        ("teacher", "/absences/"),
    ],
)
def test_the_people_of_a_school_are_led_to_their_work(
    world: World, signed_in: SignedIn, role: str, work: str
) -> None:
    assert signed_in(world.oak.users[role]).get("/").headers["Location"] == work


@pytest.mark.parametrize(
    ("who", "work"), [("admin", "/reports/"), ("viewer", "/reports/"), ("substitute", "/offers/")]
)
def test_the_people_of_the_district_are_led_to_their_work(
    world: World, signed_in: SignedIn, who: str, work: str
) -> None:
    assert signed_in(world.north.users[who]).get("/").headers["Location"] == work


def test_somebody_without_a_role_is_told_whom_to_ask(world: World, signed_in: SignedIn) -> None:
    user = User.objects.create_user("new@north.example", None, district=world.north.district)
    answer = signed_in(user).get("/")
    assert answer.status_code == 200
    assert "no role yet" in answer.content.decode()


def test_a_role_at_an_archived_school_is_no_role(world: World, signed_in: SignedIn) -> None:
    with tenant(world.north.scope):
        world.oak.school.archived_at = "2026-11-01T00:00Z"
        world.oak.school.save()
    assert signed_in(world.oak.users["cover_manager"]).get("/").status_code == 200


def test_a_cover_manager_who_teaches_elsewhere_begins_at_the_board() -> None:
    teaches = Place(Role.TEACHER, 1, "ash", "Ash")
    manages = Place(Role.COVER_MANAGER, 2, "oak", "Oak")
    assert work_of(Caller(1, 1, (teaches, manages))) == "/schools/oak/board/"


def test_the_frame_lists_only_schools_whose_board_may_be_seen(world: World, rf: RequestFactory) -> None:
    user = world.oak.users["cover_manager"]
    with tenant(world.north.scope):
        Membership.objects.create(
            district=world.north.district,
            school=world.elm.school,
            user=user,
            role=Role.TEACHER,
            starts_on=MONDAY,
        )
        request = rf.get("/schools/oak/board/")
        request.caller = read_caller(user, on=MONDAY)  # type: ignore[attr-defined]  # as the middleware does
    context = frame(request)
    assert context["who"] == user.email.partition("@")[0]
    assert [link.label for link in context["schools"]] == ["Oak"]
    assert [(link.label, link.is_current) for link in context["nav"]] == [("Board", True), ("Reports", False)]


def test_the_frame_names_the_person_and_needs_no_query(
    world: World, rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = rf.get("/absences/")
    with tenant(world.north.scope):
        request.caller = read_caller(world.oak.users["teacher"], on=MONDAY)  # type: ignore[attr-defined]  # as above
    with django_assert_num_queries(0):
        context = frame(request)
    assert context["who"] == "Ada Oak"
    assert [link.label for link in context["nav"]] == ["My absences", "My cover"]
