"""The hard rules about one person and one need.

To add a rule: write a class like those below, put it into RULES, teach `checker.py` the same rule in its own
words, and give it a case in `tests/coverplans/matching/test_rules.py`. A rule about several needs together
(two places at once, a cap that two covers break) belongs into `joint.py`.

`looks_at` names the part of a need that a rule reads (its times, unless the rule says otherwise), so that the
planner asks once for all needs that agree in it. A locked or accepted row is kept even where a rule speaks
against it, because a person decided so; only a rule with `absolute = True` undoes it. `heading` names the group
of everybody a rule excludes.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Protocol

from coverplans.matching.clock import longest_run
from coverplans.matching.problem import BusyCode, Candidate, Need
from coverplans.matching.settings import Settings


@dataclass(frozen=True, slots=True, order=True)
class Exclusion:
    """One reason why this person can't take this need."""

    code: str
    text: str


class Rule(Protocol):
    """A hard rule: yields one text for each way it is broken, nothing when it holds."""

    code: str
    heading: str
    absolute: bool

    def looks_at(self, need: Need) -> Hashable: ...

    def broken_by(self, need: Need, candidate: Candidate, settings: Settings) -> Iterator[str]: ...


class _Rule:
    code = ""
    heading = ""
    absolute = False

    def looks_at(self, need: Need) -> Hashable:
        return need.starts, need.ends, need.half


class _NotWhile(_Rule):
    """Excludes everybody who is busy during the need with one of `because`."""

    because: frozenset[BusyCode] = frozenset()

    def broken_by(self, need: Need, candidate: Candidate, settings: Settings) -> Iterator[str]:
        for busy in candidate.busy:
            if busy.starts < need.ends and need.starts < busy.ends and busy.code in self.because:
                yield busy.text


class OnePlaceAtATime(_NotWhile):
    """Nobody is in two places: lessons, meetings, duties, other schools."""

    code = "busy"
    heading = "busy at this time"
    because = frozenset({"teaching", "meeting", "duty", "elsewhere", "other"})


class Absent(_NotWhile):
    """Who is away can't cover, whatever was locked before."""

    code = "absent"
    heading = "away"
    absolute = True
    because = frozenset({"absent"})


class Protected(_NotWhile):
    """Planning time, lunch and contractual free time are never used."""

    code = "protected"
    heading = "protected time"
    because = frozenset({"protected"})


class Travel(_NotWhile):
    """Time on the way between two schools."""

    code = "travel"
    heading = "on the way between schools"
    because = frozenset({"travel"})


class OwnLesson(_Rule):
    """Nobody covers their own absence."""

    code = "own_lesson"
    heading = "the absent teacher"
    absolute = True

    def looks_at(self, need: Need) -> Hashable:
        return need.absent_person

    def broken_by(self, need: Need, candidate: Candidate, settings: Settings) -> Iterator[str]:
        if need.absent_person == candidate.person:
            yield "is the absent teacher"


class OutsideHours(_Rule):
    """Only while the person is on site."""

    code = "outside_hours"
    heading = "not on site"

    def broken_by(self, need: Need, candidate: Candidate, settings: Settings) -> Iterator[str]:
        hours = candidate.hours
        if hours is not None and not any(h.starts <= need.starts and need.ends <= h.ends for h in hours):
            yield "not on site at this time" if hours else "not on site this day"


class Blocked(_Rule):
    """The school won't have this person."""

    code = "blocked"
    heading = "blocked by the school"

    def looks_at(self, need: Need) -> Hashable:
        return None

    def broken_by(self, need: Need, candidate: Candidate, settings: Settings) -> Iterator[str]:
        if candidate.school_says == "excluded":
            yield "blocked by the school"


class Declined(_Rule):
    """The person won't come to this school."""

    code = "declined_school"
    heading = "don't work at this school"

    def looks_at(self, need: Need) -> Hashable:
        return None

    def broken_by(self, need: Need, candidate: Candidate, settings: Settings) -> Iterator[str]:
        if candidate.person_says == "excluded":
            yield "doesn't work at this school"


class CredentialMissing(_Rule):
    """A required credential the person never had."""

    code = "credential_missing"
    heading = "a required credential is missing"

    def looks_at(self, need: Need) -> Hashable:
        return need.required

    def broken_by(self, need: Need, candidate: Candidate, settings: Settings) -> Iterator[str]:
        if need.required:
            held = {credential.key for credential in candidate.credentials}
            yield from (f"no {key}" for key in need.required if key not in held)


class CredentialExpired(_Rule):
    """A required credential that isn't valid on the lesson's date; one valid copy of it is enough."""

    code = "credential_expired"
    heading = "a required credential has expired"

    def looks_at(self, need: Need) -> Hashable:
        return need.required

    def broken_by(self, need: Need, candidate: Candidate, settings: Settings) -> Iterator[str]:
        for key in need.required:
            copies = [credential for credential in candidate.credentials if credential.key == key]
            if copies and not any(credential.valid for credential in copies):
                expired_on = max(credential.expired_on for credential in copies)
                yield f"{key} expired {expired_on}" if expired_on else f"{key} expired"


class OverCap(_Rule):
    """The day, week or year has no room for this cover."""

    code = "over_cap"
    heading = "limit reached"

    def broken_by(self, need: Need, candidate: Candidate, settings: Settings) -> Iterator[str]:
        for cap in candidate.caps:
            wanted = 1 if cap.unit == "covers" else need.minutes
            if wanted > cap.remaining:
                yield f"{_PERIOD_LIMIT[cap.period]}: {cap.used} of {cap.limit} {cap.unit} used"


_PERIOD_LIMIT = {"day": "daily limit", "week": "weekly limit", "year": "yearly limit"}


class TooLongWithoutBreak(_Rule):
    """Own lessons and this cover in one go would be longer than allowed."""

    code = "no_break"
    heading = "no break left"

    def broken_by(self, need: Need, candidate: Candidate, settings: Settings) -> Iterator[str]:
        limit = candidate.max_consecutive
        if limit is not None and longest_run(candidate, [need], settings.break_minutes) > limit:
            yield f"more than {limit} minutes without a break"


class HalfNotAvailable(_Rule):
    """An external can be booked only for halves they offer."""

    code = "not_available"
    heading = "not available"

    def broken_by(self, need: Need, candidate: Candidate, settings: Settings) -> Iterator[str]:
        hire = candidate.hire
        if hire and need.half not in hire.halves + hire.booked_here + hire.booked_elsewhere:
            yield f"not available in the {_HALF[need.half]}"


class BookedElsewhere(_Rule):
    """An external already has another school for this half."""

    code = "booked_elsewhere"
    heading = "booked elsewhere"

    def broken_by(self, need: Need, candidate: Candidate, settings: Settings) -> Iterator[str]:
        if candidate.hire and need.half in candidate.hire.booked_elsewhere:
            yield f"booked elsewhere in the {_HALF[need.half]}"


_HALF = {"am": "morning", "pm": "afternoon"}

RULES: tuple[Rule, ...] = (
    OwnLesson(),
    Absent(),
    OnePlaceAtATime(),
    Protected(),
    Travel(),
    OutsideHours(),
    Blocked(),
    Declined(),
    CredentialMissing(),
    CredentialExpired(),
    OverCap(),
    TooLongWithoutBreak(),
    HalfNotAvailable(),
    BookedElsewhere(),
)

HEADINGS = {rule.code: rule.heading for rule in RULES} | {
    "needed": "needed elsewhere",
    "settled": "already decided",
    "no_room": "no room beside what is decided",
}
"""What to write above everybody excluded for the same reason, by code."""
