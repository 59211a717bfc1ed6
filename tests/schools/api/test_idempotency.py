"""A write with an `Idempotency-Key` is carried out once."""

from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction
from rest_framework.test import APIClient

from coverplans.models import CoverPlan
from schools.api.idempotency import _digest
from schools.models import IdempotencyRecord, School, User
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from tests.world import MONDAY, World, build_world

ApiFor = Callable[[User], APIClient]
SCHOOLS = "/api/v1/schools/"
ASH = {"name": "Canary Ash", "slug": "ash", "timezone": "Europe/Madrid"}


def create(client: APIClient, key: str = "k1", **changes: str) -> tuple[int, bytes, str]:
    answer = client.post(SCHOOLS, {**ASH, **changes}, format="json", HTTP_IDEMPOTENCY_KEY=key)
    return answer.status_code, answer.content, answer.headers.get("Idempotent-Replayed", "")


def schools_called_ash() -> int:
    with tenant(Scope.system()):
        return School.objects.filter(slug__startswith="ash").count()


def test_the_same_request_again_gets_the_same_answer_and_writes_nothing(world: World, api: ApiFor) -> None:
    client = api(world.north.users["admin"])
    first, again = create(client), create(client)
    assert (first[0], first[2]) == (201, "")
    assert again == (201, first[1], "true")
    assert schools_called_ash() == 1


def test_without_a_key_it_is_carried_out_again(world: World, api: ApiFor) -> None:
    client = api(world.north.users["admin"])
    create(client)
    assert client.post(SCHOOLS, ASH, format="json").status_code == 400


def test_another_request_with_the_same_key_is_a_422(world: World, api: ApiFor) -> None:
    client = api(world.north.users["admin"])
    create(client)
    assert create(client, slug="ash-two")[0] == 422
    assert schools_called_ash() == 1


def test_an_error_is_not_kept(world: World, api: ApiFor) -> None:
    client = api(world.north.users["admin"])
    assert create(client, timezone="Mars/Olympus")[0] == 400
    assert create(client)[0] == 201


def test_keys_of_two_users_have_nothing_to_do_with_each_other(world: World, api: ApiFor) -> None:
    create(api(world.north.users["admin"]))
    status, content, replayed = create(api(world.south.users["admin"]))
    assert (status, replayed) == (400, "")
    assert b"taken" in content


def test_the_kept_answer_cannot_be_read_from_the_table(world: World, api: ApiFor) -> None:
    create(api(world.north.users["admin"]))
    with tenant(world.north.scope):
        record = IdempotencyRecord.objects.get()
    assert b"Canary" not in bytes(record.sealed_body)
    assert "k1" not in record.key_digest


def test_a_key_that_is_too_long_is_a_400(world: World, api: ApiFor) -> None:
    assert create(api(world.north.users["admin"]), key="k" * 201)[0] == 400


@pytest.mark.django_db(transaction=True)
def test_the_same_key_while_it_is_being_carried_out_is_a_409(api: ApiFor) -> None:
    world = build_world()
    user = world.north.users["admin"]
    held, done = Event(), Event()

    def hold() -> None:
        number = int.from_bytes(bytes.fromhex(_digest(f"{user.pk}:k1".encode())[:16]), "big", signed=True)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
                held.set()
                done.wait(30)
        finally:
            connections.close_all()

    other = Thread(target=hold)
    other.start()
    held.wait(30)
    client = api(user)
    while_held = create(client)[0]
    done.set()
    other.join()
    assert (while_held, create(client)[0]) == (409, 201)


@pytest.mark.django_db(transaction=True)
def test_a_view_that_opens_its_own_doors_is_carried_out_once_too(api: ApiFor) -> None:
    world = build_world()
    client = api(world.oak.users["cover_manager"])
    body = {"school": "oak", "date": MONDAY.isoformat()}
    answers = [
        client.post("/api/v1/cover-plans/", body, format="json", HTTP_IDEMPOTENCY_KEY="plan")
        for _ in range(2)
    ]
    assert [answer.headers.get("Idempotent-Replayed") for answer in answers] == [None, "true"]
    assert answers[0].json() == answers[1].json()
    with tenant(world.oak.scope):
        assert CoverPlan.objects.count() == 1
    other = client.post(
        "/api/v1/cover-plans/", {**body, "school": "elm"}, format="json", HTTP_IDEMPOTENCY_KEY="plan"
    )
    assert other.status_code == 422
