"""`assignments`, `bookings` and `offers`: who sees which, and a substitute's answer."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient
from time_machine import Traveller

from coverplans.models import Booking, Offer
from coverplans.services.plan_day import plan_day
from coverplans.services.publish import publish_day
from schools.models import User
from schools.tenancy.door import tenant
from tests.coverplans.services.days import MORNING, out
from tests.world import MONDAY, SchoolCast, World, at

ApiFor = Callable[[User], APIClient]
ASSIGNMENTS, BOOKINGS, OFFERS = (f"/api/v1/{name}/" for name in ("assignments", "bookings", "offers"))


def plan_for_the_pool(cast: SchoolCast) -> dict[str, Any]:
    """Everybody of the school is out: only the district's substitute is left."""
    out(cast, "Ada", "Ben", "Cleo", "Dan", "Eve")
    named: dict[str, Any] = {"scope": cast.scope, "school_slug": cast.school.slug, "date": MONDAY}
    named |= {"actor": None, "now": MORNING}
    plan_day(**named)
    return named


@pytest.fixture
def sub(world: World, api: ApiFor) -> APIClient:
    """The substitute of North, who is offered a booking at Oak."""
    publish_day(**plan_for_the_pool(world.oak))
    return api(world.north.users["substitute"])


def rows(client: APIClient, url: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(url).json()["results"]
    return found


def the_offer(world: World) -> str:
    with tenant(world.oak.scope):
        return str(Offer.objects.get().uuid)


def test_a_substitute_sees_the_own_offer_and_booking(world: World, sub: APIClient) -> None:
    (offer,) = rows(sub, OFFERS)
    (booking,) = rows(sub, BOOKINGS)
    assert offer["booking"] == booking["id"]
    assert (offer["school"], offer["state"], offer["date"]) == ("oak", "sent", "2026-11-23")
    assert offer["name"] == "Sue Pool north"
    assert (booking["state"], booking["cost_cents"], booking["part"]) == ("offered", 16000, "day")
    taken = rows(sub, ASSIGNMENTS)
    assert {row["state"] for row in taken} == {"awaiting"}
    assert {row["booking"] for row in taken} == {booking["id"]}


def test_before_it_is_published_a_substitute_sees_nothing(world: World, api: ApiFor) -> None:
    plan_for_the_pool(world.oak)
    client = api(world.north.users["substitute"])
    assert [rows(client, url) for url in (OFFERS, BOOKINGS, ASSIGNMENTS)] == [[], [], []]
    manager = api(world.oak.users["cover_manager"])
    (planned,) = rows(manager, BOOKINGS)
    assert planned["state"] == "proposed"
    assert client.get(f"{BOOKINGS}{planned['id']}/").status_code == 404


def test_accepting_is_idempotent(world: World, sub: APIClient) -> None:
    offer = the_offer(world)
    first = sub.post(f"{OFFERS}{offer}/accept/")
    assert (first.status_code, first.json()["state"]) == (200, "accepted")
    again = sub.post(f"{OFFERS}{offer}/accept/")
    assert (again.status_code, again.json()) == (200, first.json())
    (booking,) = rows(sub, BOOKINGS)
    assert booking["state"] == "accepted"
    assert {row["state"] for row in rows(sub, ASSIGNMENTS)} == {"confirmed"}
    needs = rows(sub, "/api/v1/cover-needs/")
    assert {row["state"] for row in needs} == {"covered"}


def test_what_was_accepted_cannot_be_declined(world: World, sub: APIClient) -> None:
    offer = the_offer(world)
    sub.post(f"{OFFERS}{offer}/accept/")
    refused = sub.post(f"{OFFERS}{offer}/decline/")
    assert refused.status_code == 409
    assert (refused.json()["theirs"], refused.json()["yours"]) == ("accepted", "declined")


def test_declining_opens_the_lessons_again(world: World, sub: APIClient, api: ApiFor) -> None:
    declined = sub.post(f"{OFFERS}{the_offer(world)}/decline/")
    assert (declined.status_code, declined.json()["state"]) == (200, "declined")
    manager = api(world.oak.users["cover_manager"])
    taken = [row for need in rows(manager, "/api/v1/cover-needs/") for row in need["assignments"]]
    assert not [row for row in taken if row["kind"] == "external"]


def test_an_offer_that_is_over_is_a_conflict(world: World, sub: APIClient, morning: Traveller) -> None:
    morning.move_to(at("09:00"))
    refused = sub.post(f"{OFFERS}{the_offer(world)}/accept/")
    assert refused.status_code == 409
    assert refused.json()["theirs"] == "waiting for an answer"


def test_nobody_else_answers(world: World, sub: APIClient, api: ApiFor) -> None:
    offer = the_offer(world)
    assert api(world.oak.users["cover_manager"]).post(f"{OFFERS}{offer}/accept/").status_code == 403
    assert api(world.south.users["substitute"]).post(f"{OFFERS}{offer}/accept/").status_code == 404
    assert rows(api(world.south.users["substitute"]), OFFERS) == []


def test_the_school_sees_its_own_and_no_other(world: World, sub: APIClient, api: ApiFor) -> None:
    mine, other = (api(cast.users["cover_manager"]) for cast in (world.oak, world.elm))
    for url in (ASSIGNMENTS, BOOKINGS, OFFERS):
        found = rows(mine, url)
        assert {row["school"] for row in found} == {"oak"}
        assert mine.get(f"{url}{found[0]['id']}/").json() == found[0]
        assert rows(other, url) == []
        assert other.get(f"{url}{found[0]['id']}/").status_code == 404


def test_lists_are_filtered(world: World, sub: APIClient, api: ApiFor) -> None:
    client = api(world.oak.users["cover_manager"])
    sue = world.north.substitute
    assert sue is not None
    for url, state in ((ASSIGNMENTS, "awaiting"), (BOOKINGS, "offered"), (OFFERS, "sent")):
        some = f"{url}?school=oak&state={state}&date=2026-11-23&person={sue.uuid}"
        assert rows(client, some)
        assert rows(client, f"{url}?date_from=2026-11-24") == []
        assert rows(client, f"{url}?date_to=2026-11-22") == []
        assert client.get(f"{url}?person={world.elm.posts['Dan'].person.uuid}").status_code == 400
        assert client.get(f"{url}?state=gone").status_code == 400


@pytest.mark.parametrize("url", [BOOKINGS, OFFERS])
def test_the_same_number_of_queries_for_1_and_30_rows(
    world: World, sub: APIClient, api: ApiFor, url: str
) -> None:
    client = api(world.oak.users["cover_manager"])

    def listed() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as caught:
            found = rows(client, url)
        return len(found), len(caught)

    few = listed()
    with tenant(world.oak.scope):
        booking, offer = Booking.objects.get(), Offer.objects.get()
        for _ in range(29):
            booking.pk, booking.uuid, booking.state, booking.hold = None, uuid.uuid4(), "cancelled", None
            booking.save(force_insert=True)
            offer.pk, offer.uuid, offer.state = None, uuid.uuid4(), "declined"
            offer.save(force_insert=True)
    many = listed()
    assert (few[0], many[0]) == (1, 30)
    assert few[1] == many[1]
