"""Roles given and taken away."""

import datetime as dt
from collections.abc import Iterator

import pytest

from schools.access.caller import read_caller
from schools.errors import Refused
from schools.models import AuditEntry, Membership, User
from schools.models.membership import Role
from schools.services.memberships import end_membership, grant_membership
from schools.tenancy.door import tenant
from tests.world import MONDAY, World

FRIDAY = MONDAY + dt.timedelta(days=4)


@pytest.fixture
def user(world: World) -> Iterator[User]:
    with tenant(world.north.scope):
        yield User.objects.create_user("new@north.example", None, district=world.north.district)


def test_a_role_counts_from_its_first_to_its_last_day(world: World, user: User) -> None:
    grant_membership(
        user=user, role=Role.TEACHER, school=world.oak.school, starts_on=MONDAY, ends_on=FRIDAY, actor=None
    )
    roles = [
        bool(read_caller(user, on=MONDAY + dt.timedelta(days=offset)).places) for offset in (-1, 0, 4, 5)
    ]
    assert roles == [False, True, True, False]


def test_granting_again_changes_the_dates_of_the_one_there_is(world: World, user: User) -> None:
    for ends_on in (FRIDAY, None, None):
        grant_membership(
            user=user,
            role=Role.TEACHER,
            school=world.oak.school,
            starts_on=MONDAY,
            ends_on=ends_on,
            actor=None,
        )
    assert Membership.objects.get(user=user).ends_on is None
    entries = AuditEntry.objects.filter(action="membership.grant").order_by("pk")
    assert [entry.changes["dates"] for entry in entries] == [
        [None, ["2026-11-23", "2026-11-27"]],
        [["2026-11-23", "2026-11-27"], ["2026-11-23", None]],
    ]


@pytest.mark.parametrize(
    ("role", "school", "ends_on", "field"),
    [
        (Role.SUBSTITUTE, "oak", None, "school"),
        (Role.TEACHER, None, None, "school"),
        (Role.TEACHER, "oak", MONDAY - dt.timedelta(days=1), "ends_on"),
    ],
)
def test_role_place_and_dates_must_go_together(
    world: World, user: User, role: Role, school: str | None, ends_on: dt.date | None, field: str
) -> None:
    place = world.north.schools[school].school if school else None
    with pytest.raises(Refused) as refusal:
        grant_membership(user=user, role=role, school=place, starts_on=MONDAY, ends_on=ends_on, actor=None)
    assert refusal.value.field == field


def test_no_role_at_a_school_of_another_district(world: World, user: User) -> None:
    with pytest.raises(Refused, match="another district"):
        grant_membership(user=user, role=Role.TEACHER, school=world.fir.school, starts_on=MONDAY, actor=None)


def test_an_ended_role_counts_until_that_day(world: World, user: User) -> None:
    granted = grant_membership(
        user=user, role=Role.TEACHER, school=world.oak.school, starts_on=MONDAY, actor=None
    )
    for _ in range(2):
        end_membership(membership=granted, on=FRIDAY, actor=world.north.users["admin"], reason="moved")
    assert Membership.objects.get(user=user).ends_on == FRIDAY
    assert AuditEntry.objects.filter(action="membership.end").count() == 1


def test_a_role_that_has_not_begun_is_taken_back_whole(world: World, user: User) -> None:
    granted = grant_membership(
        user=user, role=Role.TEACHER, school=world.oak.school, starts_on=FRIDAY, actor=None
    )
    end_membership(membership=granted, on=MONDAY, actor=None)
    assert not Membership.objects.filter(user=user).exists()


def test_an_administrator_cannot_end_the_own_role(world: World) -> None:
    admin = world.north.users["admin"]
    with tenant(world.north.scope), pytest.raises(Refused, match="your own"):
        end_membership(membership=Membership.objects.get(user=admin), on=MONDAY, actor=admin)
