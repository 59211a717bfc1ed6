"""Every setting a district or a school can change: its type, its default and what it means.

Effective value: default → district → school. Add a setting here and it appears in admin, API and docs.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T", bool, int, str)


class CoTeaching(StrEnum):
    ONE_IS_ENOUGH = "one_adult_is_enough"
    REPLACE_EACH = "replace_each"


class AbsentFrom(StrEnum):
    FIRST_TO_LAST = "first_to_last_lesson"
    WHOLE_DAY = "whole_day"


class Weight(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    OFF = "off"


# No slots: until Python 3.12 a frozen generic with slots cannot be made as `SettingDef[int](…)`.
@dataclass(frozen=True)
class SettingDef(Generic[T]):
    """One registered setting. `choices` limits a text, `least` and `most` a number (inclusive)."""

    key: str
    default: T
    meaning: str
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    def problem_with(self, value: object) -> str:
        """Why the value cannot be stored, in words for whoever typed it; empty when it can."""
        if type(value) is not type(self.default) and not (
            isinstance(self.default, str) and isinstance(value, str)
        ):
            return f"must be {_KIND[type(self.default)]}"
        if self.choices and value not in self.choices:
            return f"must be one of {', '.join(self.choices)}"
        if isinstance(value, int) and not isinstance(value, bool):
            if self.least is not None and value < self.least:
                return f"must be at least {self.least}"
            if self.most is not None and value > self.most:
                return f"must be at most {self.most}"
        return ""


_KIND = {bool: "true or false", int: "a whole number", str: "a text"}
_WEIGHTS = ("preset", *Weight)

CO_TEACHING = SettingDef[str](
    "needs.co_teaching",
    CoTeaching.ONE_IS_ENOUGH,
    "what a co-taught lesson needs when one of its teachers is out",
    tuple(CoTeaching),
)
STILL_TAUGHT_MINUTES = SettingDef[int](
    "needs.still_taught_minutes",
    15,
    "a partly lost lesson needs no cover while this many minutes of it remain taught",
    least=0,
    most=240,
)
ABSENT_FROM = SettingDef[str](
    "absence.whole_day_means",
    AbsentFrom.WHOLE_DAY,
    "how long a whole-day absence keeps a person away",
    tuple(AbsentFrom),
)
CHANGE_UNTIL_MINUTES = SettingDef[int](
    "absence.change_until_minutes",
    0,
    "minutes before the first lesson until which a teacher may change their own report",
    least=0,
    most=720,
)
ALLOW_SELF_STUDY = SettingDef[bool](
    "measures.self_study", True, "a class may work on its own as a last resort"
)
ALLOW_MERGE = SettingDef[bool](
    "measures.merge", True, "a class may join another one of the same subject as a last resort"
)
MERGE_LIMIT = SettingDef[int](
    "measures.merge_limit", 60, "pupils at most in a merged class, where sizes are known", least=1, most=500
)
COVERS_A_DAY = SettingDef[int](
    "caps.covers_a_day", 2, "lessons at most that a colleague covers on one day", least=0, most=12
)
COVERS_A_WEEK = SettingDef[int](
    "caps.covers_a_week", 4, "lessons at most that a colleague covers in one week", least=0, most=60
)
COVERS_A_YEAR = SettingDef[int](
    "caps.covers_a_year",
    0,
    "lessons at most that a colleague covers in a school year; 0 = no limit",
    least=0,
    most=999,
)
PLANNER_PRESET = SettingDef[str](
    "planner.preset", "secondary", "which weights the planner starts from", ("primary", "secondary")
)
FAIRNESS_BEFORE_MONEY = SettingDef[bool](
    "planner.fairness_before_money", False, "rank a fair burden above cheap bookings"
)
COVER_WORTH_CENTS = SettingDef[int](
    "planner.cover_worth_cents",
    0,
    "cents it is worth to spare a colleague one cover above the least loaded; 0 keeps money and fairness in strict order",
    least=0,
    most=100_000,
)
WEIGHT_SUBJECT = SettingDef[str](
    "planner.weight_subject", "preset", "how much a taker of the same subject counts", _WEIGHTS
)
WEIGHT_KNOWN_CLASS = SettingDef[str](
    "planner.weight_known_class", "preset", "how much an adult who knows the class counts", _WEIGHTS
)
WEIGHT_CONTINUITY = SettingDef[str](
    "planner.weight_continuity", "preset", "how much one adult for a class all day counts", _WEIGHTS
)
WEIGHT_PREFERENCE = SettingDef[str](
    "planner.weight_preference", "preset", "how much wishes of schools and substitutes count", _WEIGHTS
)
WEIGHT_FREE_TIME = SettingDef[str](
    "planner.weight_free_time",
    "preset",
    "how strongly standby duty is used before anybody's free time",
    _WEIGHTS,
)
CURRENCY = SettingDef[str]("money.currency", "EUR", "currency of rates and costs, three letters")
UNDO_MINUTES = SettingDef[int](
    "plan.undo_minutes", 30, "how long a published plan can be taken back", least=0, most=1440
)
NOON = SettingDef[str](
    "bookings.noon", "12:30", "where a morning booking ends and an afternoon one begins, as HH:MM"
)

REGISTRY: dict[str, SettingDef[bool] | SettingDef[int] | SettingDef[str]] = {
    found.key: found for found in list(globals().values()) if isinstance(found, SettingDef)
}
