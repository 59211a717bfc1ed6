"""`staff` and `substitutes`: whose rows, which fields, which filters."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from schools.models import User
from schools.tenancy.door import tenant
from staffing.models import Person, Post, SubstituteProfile
from tests.world import SchoolCast, World

Api = Callable[[User], APIClient]
STAFF, SUBSTITUTES = "/api/v1/staff/", "/api/v1/substitutes/"


def rows(client: APIClient, url: str, **filters: Any) -> list[dict[str, Any]]:
    answer = client.get(url, filters)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def give_phones(cast: SchoolCast) -> None:
    with tenant(cast.scope):
        Person.objects.filter(posts__school=cast.school).update(phone="555", email="x@y.example")


def test_a_manager_lists_the_staff_of_the_school(world: World, api: Api) -> None:
    found = rows(api(world.oak.users["cover_manager"]), STAFF)
    assert {row["name"] for row in found} == {"Ada Oak", "Ben Oak", "Cleo Oak", "Dan Oak", "Eve Oak"}
    ada = next(row for row in found if row["name"] == "Ada Oak")
    post = world.oak.posts["Ada"]
    assert (ada["id"], ada["person"]) == (str(post.uuid), str(post.person.uuid))
    assert (ada["school"], ada["kind"]) == ("oak", "teacher")


def test_a_teacher_lists_only_themselves(world: World, api: Api) -> None:
    (row,) = rows(api(world.oak.users["teacher"]), STAFF)
    assert row["name"] == "Ada Oak"


def test_phones_are_for_those_who_run_the_day(world: World, api: Api) -> None:
    give_phones(world.oak)
    assert {row["phone"] for row in rows(api(world.oak.users["cover_manager"]), STAFF)} == {"555"}
    (own,) = rows(api(world.oak.users["teacher"]), STAFF)
    assert (own["phone"], own["email"]) == ("", "")


def test_the_office_lists_every_school_and_filters(world: World, api: Api) -> None:
    office = api(world.north.users["viewer"])
    assert {row["school"] for row in rows(office, STAFF)} == {"oak", "elm"}
    assert {row["school"] for row in rows(office, STAFF, school="elm")} == {"elm"}
    assert [row["name"] for row in rows(office, STAFF, school="elm", kind="cover_supervisor")] == ["Eve Elm"]
    ada = world.oak.posts["Ada"].person
    assert [row["name"] for row in rows(office, STAFF, person=ada.uuid)] == ["Ada Oak"]


def test_a_date_leaves_out_posts_that_do_not_run(world: World, api: Api) -> None:
    with tenant(world.oak.scope):
        Post.objects.filter(code="Ben").update(ends_on="2026-10-31")
    manager = api(world.oak.users["cover_manager"])
    assert len(rows(manager, STAFF, date="2026-10-31")) == 5
    assert len(rows(manager, STAFF, date="2026-11-01")) == 4


@pytest.mark.parametrize(
    "filters",
    [{"school": "elm"}, {"school": "nowhere"}, {"person": uuid.uuid4()}, {"person": "x"}, {"kind": "pupil"}],
)
def test_a_filter_that_names_nothing_here_is_refused(world: World, api: Api, filters: dict[str, Any]) -> None:
    answer = api(world.oak.users["cover_manager"]).get(STAFF, filters)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_one_row_is_read_by_id_and_a_foreign_one_is_not_there(world: World, api: Api) -> None:
    manager = api(world.oak.users["cover_manager"])
    assert manager.get(f"{STAFF}{world.oak.posts['Ada'].uuid}/").json()["name"] == "Ada Oak"
    for foreign in (world.elm.posts["Ada"].uuid, world.fir.posts["Ada"].uuid, uuid.uuid4(), "nonsense"):
        assert manager.get(f"{STAFF}{foreign}/").status_code == 404


def test_nobody_writes_here(world: World, api: Api) -> None:
    assert api(world.north.users["admin"]).post(STAFF, {}, format="json").status_code in (403, 405)


@pytest.mark.parametrize("number", [3, 30])
def test_as_many_queries_however_many_people(world: World, api: Api, number: int) -> None:
    with tenant(world.oak.scope):
        owned = {"district": world.north.district, "school": world.oak.school, "starts_on": "2026-09-01"}
        people = Person.objects.bulk_create(
            Person(district=world.north.district, name=f"P{n}") for n in range(number)
        )
        Post.objects.bulk_create(Post(**owned, person=person) for person in people)
    manager = api(world.oak.users["cover_manager"])
    manager.get(STAFF)
    with CaptureQueriesContext(connection) as captured:
        assert len(rows(manager, STAFF)) == number + 5
    assert len([query for query in captured if "staffing_post" in query["sql"]]) == 2


def test_the_pool_with_its_rates(world: World, api: Api) -> None:
    (row,) = rows(api(world.oak.users["cover_manager"]), SUBSTITUTES)
    assert (row["name"], row["half_day_cents"], row["phone"]) == ("Sue Pool north", 9000, "0123")


def test_a_substitute_sees_their_own_row(world: World, api: Api) -> None:
    with tenant(world.north.scope):
        other = Person.objects.create(district=world.north.district, name="Other")
        SubstituteProfile.objects.create(
            district=world.north.district,
            person=other,
            half_day_cents=1,
            day_cents=2,
            active_from="2026-09-01",
            active_until="2026-10-01",
        )
    (row,) = rows(api(world.north.users["substitute"]), SUBSTITUTES)
    assert row["name"] == "Sue Pool north"
    office = api(world.north.users["viewer"])
    assert len(rows(office, SUBSTITUTES)) == 2
    assert len(rows(office, SUBSTITUTES, date="2026-11-23")) == 1
    assert [found["name"] for found in rows(office, SUBSTITUTES, person=other.uuid)] == ["Other"]


def test_teachers_have_no_business_with_the_pool(world: World, api: Api) -> None:
    assert api(world.oak.users["teacher"]).get(SUBSTITUTES).status_code == 403
