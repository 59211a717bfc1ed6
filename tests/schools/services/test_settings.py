"""Settings: checked by the registry, default → district → school, each change recorded."""

from typing import Any

import pytest

from schools.errors import Refused
from schools.models import AuditEntry, Setting
from schools.selectors.settings import settings_of
from schools.services.settings import change_setting, forget_setting
from schools.settings_registry import CO_TEACHING, STILL_TAUGHT_MINUTES, UNDO_MINUTES
from schools.tenancy.door import tenant
from tests.world import World

MINUTES = STILL_TAUGHT_MINUTES.key


def test_the_school_overrides_the_district_which_overrides_the_default(world: World) -> None:
    with tenant(world.north.scope):
        change_setting(key=MINUTES, value=20, district=world.north.district, actor=None)
        change_setting(key=MINUTES, value=30, school=world.oak.school, actor=None)
        oak, elm = settings_of(world.oak.school), settings_of(world.elm.school)
    assert (oak[STILL_TAUGHT_MINUTES], elm[STILL_TAUGHT_MINUTES]) == (30, 20)
    assert oak[UNDO_MINUTES] == UNDO_MINUTES.default


def test_a_change_is_recorded_with_before_and_after(world: World) -> None:
    actor = world.north.users["admin"]
    with tenant(world.north.scope):
        for value in (20, 25, 25):
            change_setting(key=MINUTES, value=value, school=world.oak.school, actor=actor)
        entries = AuditEntry.objects.filter(action="setting.change").order_by("pk")
        assert [entry.changes for entry in entries] == [{MINUTES: [None, 20]}, {MINUTES: [20, 25]}]
        assert {(entry.school_id, entry.actor_id) for entry in entries} == {(world.oak.school.pk, actor.pk)}


@pytest.mark.parametrize(
    ("key", "value", "field"),
    [
        ("no.such", 1, "key"),
        (MINUTES, "many", "value"),
        (MINUTES, -1, "value"),
        (MINUTES, True, "value"),
        (CO_TEACHING.key, "sometimes", "value"),
    ],
)
def test_what_the_registry_does_not_take_is_refused(world: World, key: str, value: Any, field: str) -> None:
    with tenant(world.north.scope), pytest.raises(Refused) as refusal:
        change_setting(key=key, value=value, district=world.north.district, actor=None)
    assert refusal.value.field == field


def test_a_forgotten_value_falls_back(world: World) -> None:
    with tenant(world.north.scope):
        change_setting(key=MINUTES, value=20, district=world.north.district, actor=None)
        setting = change_setting(key=MINUTES, value=30, school=world.oak.school, actor=None)
        forget_setting(setting=setting, actor=None)
        assert settings_of(world.oak.school)[STILL_TAUGHT_MINUTES] == 20
        assert Setting.objects.count() == 1
        assert AuditEntry.objects.filter(action="setting.forget").count() == 1
