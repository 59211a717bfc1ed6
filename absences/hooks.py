"""What absences announce to whoever builds on them, and what they ask of them."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from absences.models import Absence
from schools.hooks import Hook
from schools.models import User

# The absence changed on these dates: it became active, was cancelled, shortened or extended.
absence_changed: Hook[Absence, list[dt.date], User | None] = Hook()


@dataclass(frozen=True, slots=True)
class NeedCount:
    """How many lessons of an absence need cover, and how many of these have it."""

    needs: int = 0
    covered: int = 0


NeedCounter = Callable[[Sequence[Absence]], Mapping[int, NeedCount]]
_counters: list[NeedCounter] = []


def register_need_counter(counter: NeedCounter) -> None:
    """Let the app that knows needs count them: absences → counts by key, in a fixed number of queries."""
    _counters[:] = [counter]


def needs_of(absences: Sequence[Absence]) -> dict[int, NeedCount]:
    """The counts of each absence, by key; zero where nobody counts."""
    counted = _counters[0](absences) if _counters and absences else {}
    return {absence.pk: counted.get(absence.pk, NeedCount()) for absence in absences}
