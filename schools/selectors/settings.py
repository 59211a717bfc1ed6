"""Effective settings of a school or a district."""

from collections.abc import Iterable
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
    return settings_of_each([school])[school.pk]


def settings_of_each(schools: Iterable[School]) -> dict[int, EffectiveSettings]:
    """The same for several schools, by key, in one query."""
    by_key = {school.pk: school for school in schools}
    districts = {school.district_id for school in by_key.values()}
    stored = list(
        Setting.objects.filter(Q(school__isnull=True) | Q(school__in=by_key), district_id__in=districts)
    )
    stored.sort(key=lambda row: row.school_id is not None)
    return {key: EffectiveSettings(_values(stored, school)) for key, school in by_key.items()}


def _values(stored: list[Setting], school: School) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for row in stored:
        known = REGISTRY.get(row.key)
        applies = row.district_id == school.district_id and row.school_id in (None, school.pk)
        if applies and known is not None and not known.problem_with(row.value):
            values[row.key] = row.value
    return values
