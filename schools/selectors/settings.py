"""Effective settings of a school or a district."""

from typing import Any, TypeVar

from django.db.models import Q

from schools.models import School, Setting
from schools.settings_registry import REGISTRY, SettingDef

T = TypeVar("T", bool, int, str)


class EffectiveSettings:
    """All values that apply to one school, read in one query."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def __getitem__(self, wanted: SettingDef[T]) -> T:
        value: T = self._values.get(wanted.key, wanted.default)
        return value


def settings_of(school: School) -> EffectiveSettings:
    """Default → district → school. A stored value that the registry no longer accepts is passed over."""
    stored = Setting.objects.filter(Q(school__isnull=True) | Q(school=school), district_id=school.district_id)
    values: dict[str, Any] = {}
    for row in sorted(stored, key=lambda row: row.school_id is not None):
        known = REGISTRY.get(row.key)
        if known is not None and not known.problem_with(row.value):
            values[row.key] = row.value
    return EffectiveSettings(values)
