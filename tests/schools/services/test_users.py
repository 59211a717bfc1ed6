"""Logins made, switched off and switched on."""

from collections.abc import Callable

import pytest
from django.test import Client
from rest_framework.test import APIClient

from schools.errors import Refused
from schools.models import AuditEntry, OutboxMessage, User
from schools.services.users import PASSWORD_LINK, create_user, deactivate_user, reactivate_user
from schools.tenancy.door import tenant
from tests.world import World


def test_a_new_login_has_no_password_and_a_link_on_its_way(world: World) -> None:
    with tenant(world.north.scope):
        user = create_user(email=" New@North.example", district=world.north.district, actor=None)
        assert OutboxMessage.objects.get(topic=PASSWORD_LINK).payload == {"user": user.pk}
        assert AuditEntry.objects.filter(action="user.create", object_id=user.pk).count() == 1
    assert (user.email, user.has_usable_password()) == ("new@north.example", False)


@pytest.mark.parametrize("email", ["teacher@OAK.example", "teacher@fir.example", "not an address", ""])
def test_an_address_that_is_taken_or_malformed_is_refused(world: World, email: str) -> None:
    with tenant(world.north.scope), pytest.raises(Refused) as refusal:
        create_user(email=email, district=world.north.district, actor=None)
    assert refusal.value.field == "email"


def test_switching_off_ends_sessions_and_tokens_at_once(
    world: World, signed_in: Callable[[User], Client], api: Callable[[User], APIClient]
) -> None:
    user = world.oak.users["teacher"]
    browser, program = signed_in(user), api(user)
    assert (browser.get("/absences/").status_code, program.get("/api/v1/me/").status_code) == (200, 200)
    with tenant(world.north.scope):
        deactivate_user(user=user, actor=world.north.users["admin"], reason="left")
    assert (browser.get("/absences/").status_code, program.get("/api/v1/me/").status_code) == (302, 401)


def test_switching_on_again_brings_no_old_session_back(
    world: World, signed_in: Callable[[User], Client]
) -> None:
    user = world.oak.users["teacher"]
    browser = signed_in(user)
    with tenant(world.north.scope):
        deactivate_user(user=user, actor=None)
        reactivate_user(user=user, actor=None)
        assert OutboxMessage.objects.filter(topic=PASSWORD_LINK).count() == 1
    assert browser.get("/absences/").status_code == 302


def test_doing_it_twice_is_recorded_once(world: World) -> None:
    user = world.oak.users["teacher"]
    with tenant(world.north.scope):
        for _ in range(2):
            deactivate_user(user=user, actor=None)
        for _ in range(2):
            reactivate_user(user=user, actor=None)
        actions = AuditEntry.objects.filter(object_id=user.pk).order_by("pk").values_list("action", flat=True)
        assert list(actions) == ["user.deactivate", "user.reactivate", "user.password_link"]


def test_nobody_switches_themselves_off(world: World) -> None:
    admin = world.north.users["admin"]
    with tenant(world.north.scope), pytest.raises(Refused, match="yourself"):
        deactivate_user(user=admin, actor=admin)
