"""Logins and roles in the office."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from knox.models import AuthToken

from schools.models import AuditEntry, Membership, OutboxMessage, User
from schools.services.users import PASSWORD_LINK
from schools.tenancy.door import tenant
from tests.world import MONDAY, World

USERS, ROLES = "/admin/schools/user/", "/admin/schools/membership/"


@pytest.fixture
def office(world: World, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(world.north.users["admin"])


def run(office: Client, page: str, action: str, *rows: Any) -> str:
    form = {"action": action, "_selected_action": [row.pk for row in rows]}
    return office.post(page, form, follow=True).content.decode()


def test_adding_a_login_mails_a_link_and_is_recorded_once(world: World, office: Client) -> None:
    office.post(f"{USERS}add/", {"email": "New@North.example"})
    user = User.objects.get(email="new@north.example")
    assert (user.district_id, user.has_usable_password()) == (world.north.district.pk, False)
    with tenant(world.north.scope):
        assert OutboxMessage.objects.get(topic=PASSWORD_LINK).payload == {"user": user.pk}
        assert AuditEntry.objects.filter(object_id=user.pk, object_type="schools.user").count() == 2


def test_a_taken_address_is_said_beside_the_field_and_what_was_typed_stays(
    world: World, office: Client
) -> None:
    answer = office.post(f"{USERS}add/", {"email": "teacher@fir.example"})
    content = answer.content.decode()
    assert answer.status_code == 200
    assert "exists" in content or "has an account already" in content
    assert 'value="teacher@fir.example"' in content


def test_a_login_of_another_district_is_not_found(world: World, office: Client) -> None:
    foreign = world.fir.users["teacher"]
    assert "doesn’t exist" in office.get(f"{USERS}{foreign.pk}/change/", follow=True).content.decode()
    run(office, USERS, "switch_off", foreign)
    foreign.refresh_from_db()
    assert foreign.is_active


def test_switching_off_and_on(world: World, office: Client) -> None:
    user = world.oak.users["teacher"]
    AuthToken.objects.create(user=user)
    assert "is switched off" in run(office, USERS, "switch_off", user)
    user.refresh_from_db()
    assert (user.is_active, AuthToken.objects.exists()) == (False, False)
    run(office, USERS, "switch_on", user)
    user.refresh_from_db()
    assert user.is_active


def test_nobody_switches_themselves_off(world: World, office: Client) -> None:
    assert "cannot switch yourself off" in run(office, USERS, "switch_off", world.north.users["admin"])


def test_a_viewer_has_no_actions(world: World, signed_in: Callable[[User], Client]) -> None:
    user = world.oak.users["teacher"]
    run(signed_in(world.north.users["viewer"]), USERS, "switch_off", user)
    user.refresh_from_db()
    assert user.is_active


def test_the_page_of_a_login_shows_its_roles_and_no_password(world: World, office: Client) -> None:
    content = office.get(f"{USERS}{world.oak.users['teacher'].pk}/change/").content.decode()
    assert "Teacher" in content
    assert "md5$" not in content


def role_form(**changes: str) -> dict[str, str]:
    return {
        "login": "teacher@oak.example",
        "role": "cover_manager",
        "school": "",
        "starts_on": "2026-11-23",
        "ends_on": "",
        **changes,
    }


def test_giving_a_role(world: World, office: Client) -> None:
    office.post(f"{ROLES}add/", role_form(school=str(world.elm.school.pk)))
    with tenant(world.north.scope):
        given = Membership.objects.get(school=world.elm.school, user=world.oak.users["teacher"])
        assert (given.role, given.starts_on) == ("cover_manager", MONDAY)
        assert AuditEntry.objects.get(action="membership.grant").actor == world.north.users["admin"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "name the school"),
        ({"login": "teacher@fir.example"}, "no login with this e-mail"),
        ({"role": "substitute", "school": "oak"}, "leave the school empty"),
        ({"school": "oak", "ends_on": "2026-11-01"}, "lies before the first"),
        ({"school": "fir"}, "Select a valid choice"),
    ],
)
def test_a_role_that_cannot_be_is_refused_in_the_form(
    world: World, office: Client, changes: dict[str, str], words: str
) -> None:
    schools = {"oak": world.oak.school, "fir": world.fir.school}
    if "school" in changes:
        changes = {**changes, "school": str(schools[changes["school"]].pk)}
    answer = office.post(f"{ROLES}add/", role_form(**changes))
    assert answer.status_code == 200
    assert words in answer.content.decode()
    with tenant(world.north.scope):
        assert not AuditEntry.objects.exists()


def test_changing_the_dates_of_a_role(world: World, office: Client) -> None:
    with tenant(world.north.scope):
        role = Membership.objects.get(user=world.oak.users["teacher"])
    office.post(f"{ROLES}{role.pk}/change/", {"starts_on": "2026-09-01", "ends_on": "2026-12-31"})
    with tenant(world.north.scope):
        role.refresh_from_db()
    assert str(role.ends_on) == "2026-12-31"


def test_ending_roles_today(world: World, office: Client) -> None:
    with tenant(world.north.scope):
        own = Membership.objects.get(user=world.north.users["admin"])
        other = Membership.objects.get(user=world.oak.users["teacher"])
    said = run(office, ROLES, "end_today", own, other)
    assert "cannot end your own role" in said
    with tenant(world.north.scope):
        own.refresh_from_db()
        other.refresh_from_db()
    assert (own.ends_on, other.ends_on is None) == (None, False)
