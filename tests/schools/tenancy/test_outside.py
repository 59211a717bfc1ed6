"""Views that open their own doors: checked like any other, then run with no transaction round them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.test import Client
from django.urls import include, path

from schools.access.doors import Door, door
from schools.models import School
from schools.tenancy.door import inside_door, tenant
from tests.world import World, build_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]
SignIn = Callable[..., Client]


@door("school", permission="plan.change", outside=True)
def work(request: HttpRequest, school: str) -> JsonResponse:
    is_inside, in_transaction = inside_door(), connection.in_atomic_block
    with tenant(request.scope):  # type: ignore[attr-defined]  # set where the door was opened
        seen = list(School.objects.values_list("slug", flat=True))
    return JsonResponse({"inside": is_inside, "transaction": in_transaction, "seen": seen})


@door("school", get="board.read", post="plan.change")
def look(request: HttpRequest, school: str) -> JsonResponse:
    return JsonResponse({"inside": inside_door()})


urlpatterns = [
    path("schools/<slug:school>/work/", work),
    path("schools/<slug:school>/look/", look),
    path("", include("schools.web.urls")),
]


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


def test_the_view_runs_outside_and_may_open_the_scope_it_was_given(world: World, signed_in: SignIn) -> None:
    answer = signed_in(world.oak.users["cover_manager"]).post("/schools/oak/work/")
    assert answer.json() == {"inside": False, "transaction": False, "seen": ["oak"]}


def test_a_view_without_the_word_stays_inside(world: World, signed_in: SignIn) -> None:
    assert signed_in(world.oak.users["cover_manager"]).get("/schools/oak/look/").json() == {"inside": True}


@pytest.mark.parametrize(
    ("role", "slug", "status"),
    [("school_viewer", "oak", 403), ("cover_manager", "elm", 404), ("cover_manager", "fir", 404)],
)
def test_who_may_not_is_refused_before_the_view(
    world: World, signed_in: SignIn, role: str, slug: str, status: int
) -> None:
    assert signed_in(world.oak.users[role]).post(f"/schools/{slug}/work/").status_code == status


def test_nobody_is_asked_to_sign_in(world: World) -> None:
    assert Client().post("/schools/oak/work/").status_code == 302


def test_outside_without_a_permission_does_not_start() -> None:
    with pytest.raises(ValueError, match="outside without a permission: delete"):
        Door("school", {"post": "plan.change"}, frozenset({"delete"}))
