"""Every page of the office's ground: open to the district's roles, closed to others, writing only for administrators."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from schools.models import User
from tests.world import World

SignedIn = Callable[[User], Client]
PAGES = (
    "user",
    "membership",
    "school",
    "setting",
    "term",
    "closure",
    "calendarday",
    "rotation",
    "auditentry",
    "outboxmessage",
)
ADDING = {"user", "membership", "school", "setting", "term", "closure"}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["admin", "viewer"])
def test_the_district_office_opens_every_list(world: World, signed_in: SignedIn, page: str, who: str) -> None:
    assert signed_in(world.north.users[who]).get(f"/admin/schools/{page}/").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_does(world: World, signed_in: SignedIn, page: str) -> None:
    for user in (world.oak.users["cover_manager"], world.north.users["substitute"]):
        assert signed_in(user).get(f"/admin/schools/{page}/").status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_administrators_add_where_something_can_be_added(
    world: World, signed_in: SignedIn, page: str
) -> None:
    url = f"/admin/schools/{page}/add/"
    admin, viewer = signed_in(world.north.users["admin"]), signed_in(world.north.users["viewer"])
    assert admin.get(url).status_code == (200 if page in ADDING else 403)
    assert viewer.get(url).status_code == 403


@pytest.mark.parametrize("page", ["user", "membership", "school", "calendarday", "rotation"])
def test_lists_hold_the_own_district_only(world: World, signed_in: SignedIn, page: str) -> None:
    content = signed_in(world.north.users["admin"]).get(f"/admin/schools/{page}/").content.decode().lower()
    assert "elm" in content or "oak" in content
    assert "fir" not in content.replace("first", "")


def test_a_list_takes_as_many_queries_with_many_rows(
    world: World, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(world.north.users["admin"])
    with django_assert_max_num_queries(14):
        client.get("/admin/schools/membership/")


def test_the_index_opens(world: World, signed_in: SignedIn) -> None:
    assert signed_in(world.north.users["viewer"]).get("/admin/").status_code == 200
