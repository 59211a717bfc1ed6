"""The resources `schools` and `me`."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from schools.models import AuditEntry, CalendarDay, School, User
from schools.tenancy.door import tenant
from tests.world import World

ApiFor = Callable[[User], APIClient]
SCHOOLS = "/api/v1/schools/"
ASH = {"name": "Ash", "slug": "ash", "timezone": "Europe/Madrid"}


def slugs(client: APIClient) -> list[str]:
    return sorted(row["slug"] for row in client.get(SCHOOLS).json()["results"])


def test_the_district_sees_its_schools_and_no_others(world: World, api: ApiFor) -> None:
    assert slugs(api(world.north.users["viewer"])) == ["elm", "oak"]


def test_a_teacher_sees_the_own_school(world: World, api: ApiFor) -> None:
    assert slugs(api(world.oak.users["teacher"])) == ["oak"]


def test_a_school_is_read_by_its_slug(world: World, api: ApiFor) -> None:
    answer = api(world.oak.users["teacher"]).get(f"{SCHOOLS}oak/").json()
    assert answer == {"slug": "oak", "name": "Oak", "timezone": "Europe/Madrid", "phone": ""}


@pytest.mark.parametrize("slug", ["elm", "fir", "nowhere", "%00", "a b"])
def test_a_foreign_school_does_not_exist(world: World, api: ApiFor, slug: str) -> None:
    answer = api(world.oak.users["cover_manager"]).get(f"{SCHOOLS}{slug}/")
    assert answer.status_code == 404


def test_a_substitute_has_no_business_there(world: World, api: ApiFor) -> None:
    assert api(world.north.users["substitute"]).get(SCHOOLS).status_code == 403


def test_an_administrator_adds_a_school_with_a_calendar(world: World, api: ApiFor) -> None:
    answer = api(world.north.users["admin"]).post(SCHOOLS, ASH, format="json")
    assert (answer.status_code, answer.json()["slug"]) == (201, "ash")
    with tenant(world.north.scope):
        school = School.objects.get(slug="ash")
        days = CalendarDay.objects.filter(school=school)
        assert days.filter(is_open=True).exists()
        assert not days.filter(is_open=True, date__iso_week_day__gt=5).exists()
        assert AuditEntry.objects.filter(action="school.create", school=school).count() == 1


@pytest.mark.parametrize("who", ["viewer", "substitute"])
def test_only_administrators_add_schools(world: World, api: ApiFor, who: str) -> None:
    assert api(world.north.users[who]).post(SCHOOLS, ASH, format="json").status_code == 403


@pytest.mark.parametrize(
    ("field", "value"),
    [("slug", "oak"), ("slug", "fir"), ("slug", "not a slug"), ("timezone", "Mars/Olympus"), ("name", "")],
)
def test_a_school_that_cannot_be_is_a_400_that_names_the_field(
    world: World, api: ApiFor, field: str, value: str
) -> None:
    answer = api(world.north.users["admin"]).post(SCHOOLS, {**ASH, field: value}, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_me_is_the_person_with_the_roles_of_today(world: World, api: ApiFor) -> None:
    answer = api(world.oak.users["teacher"]).get("/api/v1/me/").json()
    person = world.oak.posts["Ada"].person
    assert answer == {
        "email": "teacher@oak.example",
        "person": str(person.uuid),
        "name": "Ada Oak",
        "district": "north",
        "roles": [{"role": "teacher", "school": "oak"}],
    }


def test_me_of_a_district_role_names_no_school(world: World, api: ApiFor) -> None:
    answer = api(world.north.users["admin"]).get("/api/v1/me/").json()
    assert (answer["person"], answer["roles"]) == (None, [{"role": "district_admin", "school": None}])


@pytest.mark.parametrize(
    ("method", "status"), [("options", 405), ("put", 405), ("delete", 405), ("patch", 405), ("head", 200)]
)
def test_other_methods(world: World, api: ApiFor, method: str, status: int) -> None:
    assert getattr(api(world.north.users["admin"]), method)(SCHOOLS).status_code == status


def test_a_body_in_another_form_than_json_is_a_415_problem(world: World, api: ApiFor) -> None:
    answer = api(world.north.users["admin"]).post(SCHOOLS, "name=Ash", content_type="text/plain")
    assert (answer.status_code, answer["Content-Type"]) == (415, "application/problem+json")


def test_a_cursor_from_nowhere_is_a_problem(world: World, api: ApiFor) -> None:
    answer = api(world.north.users["admin"]).get(SCHOOLS, {"cursor": "nonsense"})
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_lists_come_in_pages(world: World, api: ApiFor) -> None:
    client = api(world.north.users["admin"])
    first = client.get(SCHOOLS, {"page_size": 1}).json()
    second = client.get(first["next"]).json()
    assert {first["results"][0]["slug"], second["results"][0]["slug"]} == {"oak", "elm"}
    assert second["next"] is None
