"""Changing a setting of a district or of one school."""

from typing import Any

from schools.errors import Refused
from schools.models import District, School, Setting, User
from schools.services.audit import record
from schools.settings_registry import REGISTRY


def change_setting(
    *,
    key: str,
    value: Any,
    actor: User | None,
    district: District | None = None,
    school: School | None = None,
    reason: str = "",
) -> Setting:
    """Store a value for one school, or for a whole district. The same value again changes nothing.

    Raises Refused for an unknown setting or a value it does not take.
    """
    known = REGISTRY.get(key)
    if known is None:
        raise Refused("There is no such setting.", field="key")
    if problem := known.problem_with(value):
        raise Refused(f"The value {problem}.", field="value")
    row, is_new = Setting.objects.select_for_update(of=("self",)).get_or_create(
        district_id=_district_of(district, school), school=school, key=key, defaults={"value": value}
    )
    before = None if is_new else row.value
    if before == value and not is_new:
        return row
    row.value = value
    row.save(update_fields=["value"])
    record(action="setting.change", subject=row, actor=actor, reason=reason, changes={key: (before, value)})
    return row


def value_from_text(key: str, text: str) -> Any:
    """What somebody typed, as the kind of value this setting takes; the text itself where it cannot be one."""
    known = REGISTRY.get(key)
    words = {"true": True, "false": False}
    if known is not None and isinstance(known.default, bool):
        return words.get(text.strip().lower(), text)
    if known is not None and isinstance(known.default, int):
        return int(text) if text.strip().lstrip("-").isdecimal() else text
    return text.strip()


def forget_setting(*, setting: Setting, actor: User | None, reason: str = "") -> None:
    """Go back to what counts without this value: the district's, or the default."""
    record(
        action="setting.forget",
        subject=setting,
        actor=actor,
        reason=reason,
        changes={setting.key: (setting.value, None)},
    )
    setting.delete()


def _district_of(district: District | None, school: School | None) -> int:
    if school is not None:
        return school.district_id
    if district is None:
        raise ValueError("a setting belongs to a school or to a district")
    return district.pk
