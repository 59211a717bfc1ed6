"""The door round each request: what it shows, what it keeps, what it throws away."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from schools.models import Setting, User
from schools.tenancy.door import inside_door, tenant
from schools.tenancy.scope import Scope, ScopeError
from tests.world import World, build_world

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.schools.tenancy.addresses"),
]
SignIn = Callable[[User], Client]
PROGRAM = {"accept": "application/json"}
"""These addresses have no pages to link to, so the answers are a program's."""


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


@pytest.fixture
def signed_in() -> SignIn:
    def sign_in(user: User) -> Client:
        client = Client(headers=PROGRAM, raise_request_exception=False)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def office(world: World, signed_in: SignIn) -> Client:
    return signed_in(world.north.users["admin"])


def written() -> int:
    with tenant(Scope.system()):
        return Setting.objects.filter(key="written").count()


def test_an_answer_that_is_fine_keeps_what_was_written(office: Client) -> None:
    assert office.post("/write/").status_code == 200
    assert written() == 1


@pytest.mark.parametrize("status", [400, 403, 404, 409, 500])
def test_an_error_answer_undoes_what_was_written(office: Client, status: int) -> None:
    assert office.post(f"/write/{status}/").status_code == status
    assert written() == 0


def test_a_failing_view_undoes_what_was_written(office: Client) -> None:
    assert office.post("/write-and-fail/").status_code == 500
    assert written() == 0


def test_a_streamed_answer_is_refused(office: Client) -> None:
    assert office.get("/stream/").status_code == 500


@pytest.mark.parametrize(
    ("role", "slug", "status"),
    [
        ("cover_manager", "oak", 200),
        ("cover_manager", "elm", 404),
        ("cover_manager", "fir", 404),
        ("cover_manager", "nowhere", 404),
        ("teacher", "oak", 403),
        ("teacher", "elm", 404),
    ],
)
def test_a_school_that_is_not_yours_is_not_there(
    world: World, signed_in: SignIn, role: str, slug: str, status: int
) -> None:
    assert signed_in(world.oak.users[role]).get(f"/schools/{slug}/").status_code == status


def test_the_door_of_a_school_opens_no_other_school(world: World, office: Client) -> None:
    assert office.get("/schools/elm/").json() == {"schools": [world.elm.school.pk]}
    assert office.get("/schools/fir/").status_code == 404


@pytest.mark.parametrize("address", ["/schools/oak/", "/schools/fir/", "/mine/"])
def test_a_method_without_a_permission_never_reaches_the_view(office: Client, address: str) -> None:
    answer = office.put(address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, POST")


def test_an_archived_school_is_not_there(world: World, office: Client) -> None:
    with tenant(world.oak.scope):
        world.oak.school.archived_at = "2026-01-01T00:00Z"
        world.oak.school.save()
    assert office.get("/schools/oak/").status_code == 404


@pytest.mark.parametrize(("role", "kind"), [("teacher", "self"), ("cover_manager", "schools")])
def test_a_role_sees_as_far_as_it_reaches(world: World, signed_in: SignIn, role: str, kind: str) -> None:
    answer: dict[str, Any] = signed_in(world.oak.users[role]).get("/mine/").json()
    assert (answer["kind"], answer["district"]) == (kind, world.north.district.pk)
    assert world.elm.school.pk not in answer["schools"]


def test_a_role_of_yesterday_opens_nothing(world: World, signed_in: SignIn) -> None:
    manager = world.oak.users["cover_manager"]
    with tenant(Scope.system()):
        manager.memberships.update(starts_on="2020-01-01", ends_on="2020-12-31")
    assert signed_in(manager).get("/schools/oak/").status_code == 404


def test_a_user_who_was_switched_off_is_nobody(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.oak.users["cover_manager"])
    User.objects.filter(pk=world.oak.users["cover_manager"].pk).update(is_active=False)
    assert browser.get("/schools/oak/").status_code == 302


def test_a_view_without_a_scope_reads_no_tenant_row(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.oak.users["cover_manager"])
    browser.raise_request_exception = True
    with pytest.raises(ScopeError):
        browser.get("/nowhere/")


@pytest.mark.parametrize(
    "address", ["/write/", "/write/404/", "/write-and-fail/", "/stream/", "/schools/oak/"]
)
def test_nothing_of_a_request_is_left_on_its_connection(office: Client, address: str) -> None:
    office.get(address)
    assert not inside_door()
    assert not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, coalesce(current_setting('app.district', true), ''), "
            "coalesce(current_setting('app.schools', true), '')"
        )
        assert cursor.fetchone() == ("cover_app", "", "")
    assert Setting._base_manager.count() == 0


def test_nobody_is_asked_to_sign_in_and_told_the_way_back(world: World) -> None:
    answer = Client().get("/schools/oak/?day=1")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fschools%2Foak%2F%3Fday%3D1")
