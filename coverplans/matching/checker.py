"""The independent judge: written from the rules, not from the model, and imported by nothing that plans.

It reads only the problem and the choices, and uses no code of `rules`, `joint`, `costs` or `model`; that is its
worth, so repeat yourself here. Everything is the plainest loop over pairs.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from coverplans.matching.plan import Choice, PlannedBooking
from coverplans.matching.problem import Busy, Candidate, Existing, Half, Measure, Need, Problem


class Judgement:
    """A problem with one set of choices: what breaks a rule, and what each tier amounts to."""

    def __init__(self, problem: Problem, choices: Sequence[Choice]) -> None:
        self.problem = problem
        self.choices = choices
        self.needs = {need.key: need for need in problem.needs}
        self.people = {candidate.person: candidate for candidate in problem.candidates}
        self.existing = {row.need: row for row in problem.existing}
        self.covers: dict[str, list[Need]] = defaultdict(list)
        for choice in choices:
            if choice.person in self.people and choice.need in self.needs:
                self.covers[choice.person].append(self.needs[choice.need])

    def violations(self) -> list[str]:
        """Every broken rule in words; empty for a sound plan."""
        return [
            *self._incomplete(),
            *self._moved(),
            *(text for choice in self.choices for text in self._unfit(choice)),
            *(text for person in sorted(self.covers) for text in self._overloaded(person)),
            *self._overfull(),
        ]

    def _incomplete(self) -> Iterator[str]:
        counts: dict[str, int] = defaultdict(int)
        for choice in self.choices:
            counts[choice.need] += 1
            if choice.need not in self.needs:
                yield f"{choice.need} isn't a need of this day"
            if choice.person and choice.measure:
                yield f"{choice.need} has both a person and a measure"
            if (choice.kind == "uncovered") == bool(choice.person or choice.measure):
                yield f"{choice.need} has a kind that doesn't fit what was chosen"
        for key in self.needs:
            if counts[key] != 1:
                yield f"{key} has {counts[key]} choices"

    def _must_stay(self, row: Existing) -> bool:
        """A locked, accepted or begun row stays, unless the person is away or the measure is gone."""
        need = self.needs[row.need]
        if not (row.locked or row.accepted or (row.published and need.starts <= self.problem.now)):
            return False
        if row.measure:
            return any(measure.key == row.measure for measure in need.measures)
        person = self.people.get(row.person)
        if person is None or person.person == need.absent_person:
            return False
        return not any(busy.code == "absent" and _meet(busy, need) for busy in person.busy)

    def _settled(self, need: Need) -> bool:
        row = self.existing.get(need.key)
        return row is not None and self._must_stay(row)

    def _moved(self) -> Iterator[str]:
        taken = {choice.need: (choice.person, choice.measure) for choice in self.choices}
        for row in self.problem.existing:
            if self._must_stay(row) and taken.get(row.need) != (row.person, row.measure):
                yield f"{row.need} is locked, accepted or has begun, and was moved"

    def _unfit(self, choice: Choice) -> Iterator[str]:
        need, row = self.needs.get(choice.need), self.existing.get(choice.need)
        if need is None or (row and self._must_stay(row) and choice.taker == (row.person, row.measure)):
            return
        if choice.measure and all(measure.key != choice.measure for measure in need.measures):
            yield f"{need.key} may not end in {choice.measure}"
        if choice.person:
            person = self.people.get(choice.person)
            if person is None:
                yield f"{choice.person} isn't a candidate"
            else:
                yield from (f"{person.name} for {need.label or need.key}: {t}" for t in _unfit(need, person))

    def _overloaded(self, key: str) -> Iterator[str]:
        person, covers = self.people[key], self.covers[key]
        free = [need for need in covers if not self._settled(need)]
        fixed = [need for need in covers if self._settled(need)]
        for need in free:
            if any(other is not need and _meet(need, other) for other in covers):
                yield f"{person.name} is in two places during {need.label or need.key}"
        for cap in person.caps if free else ():
            used = sum(need.minutes if cap.unit == "minutes" else 1 for need in covers)
            if cap.used + used > cap.limit:
                yield f"{person.name} is over the {cap.period} cap"
        if person.max_consecutive is not None:
            yield from self._no_break(person, free, fixed)

    def _no_break(self, person: Candidate, free: list[Need], fixed: list[Need]) -> Iterator[str]:
        around: list[Need | Busy] = [busy for busy in person.busy if busy.code == "teaching"]
        around += free + fixed
        for need in free:
            starts, ends = need.starts, need.ends
            for _ in around:
                for other in around:
                    pause = max(other.starts - ends, starts - other.ends)
                    if pause < self.problem.settings.break_minutes:
                        starts, ends = min(starts, other.starts), max(ends, other.ends)
            if ends - starts > (person.max_consecutive or 0):
                yield f"{person.name} has no break for {ends - starts} minutes"

    def _overfull(self) -> Iterator[str]:
        for group in self.problem.groups:
            users = [(need, m) for need, m in self._measures() if m.group == group.key]
            free = [m for need, m in users if not self._settled(need)]
            if any(m.size for m in free) and sum(m.size for _, m in users) > group.capacity:
                yield f"{group.label or group.key} is over its capacity"

    def _measures(self) -> list[tuple[Need, Measure]]:
        return [
            (self.needs[choice.need], measure)
            for choice in self.choices
            if choice.measure and choice.need in self.needs
            for measure in self.needs[choice.need].measures
            if measure.key == choice.measure
        ]

    def totals(self) -> dict[str, int]:
        """Every tier's value, computed from nothing but the problem and the choices."""
        return {
            "uncovered": sum(
                self.needs[c.need].priority * self.needs[c.need].minutes
                for c in self.choices
                if not c.person and not c.measure
            ),
            "last_resort": sum(measure.cost for _, measure in self._measures()),
            "changes": self._changes(),
            "money": self._money(),
            "fairness": self._fairness(in_cents=False),
            "quality": self._quality(),
        }

    def vector(self) -> dict[str, int]:
        """The tiers in the school's order."""
        settings, totals = self.problem.settings, self.totals()
        first = {name: totals[name] for name in ("uncovered", "last_resort", "changes")}
        if settings.exchange:
            quality = totals["quality"] * settings.exchange.quality_cents
            return {**first, "balance": totals["money"] + self._fairness(in_cents=True) + quality}
        last = ["fairness", "money"] if settings.fairness_first else ["money", "fairness"]
        return {**first, **{name: totals[name] for name in (*last, "quality")}}

    def _changes(self) -> int:
        total = 0
        for choice in self.choices:
            row = self.existing.get(choice.need)
            if row and row.published and (row.person, row.measure) != (choice.person, choice.measure):
                external = row.person in self.people and self.people[row.person].kind == "external"
                total += 2 if external else 1
        return total

    def bookings(self) -> list[PlannedBooking]:
        """Halves of externals that the choices use, with their price over what is booked already."""
        found = []
        for key in sorted(self.covers):
            hire = self.people[key].hire
            if hire is not None:
                halves: tuple[Half, ...] = tuple(sorted({need.half for need in self.covers[key]}))
                half = min(hire.half_cents, hire.day_cents)
                price = [0, half, min(hire.day_cents, 2 * hire.half_cents)]
                owned = set(hire.booked_here)
                cents = price[len(owned | set(halves))] - price[len(owned)]
                found.append(PlannedBooking(key, halves, cents))
        return found

    def _money(self) -> int:
        per_cover = sum(self.people[key].cover_cents * len(needs) for key, needs in self.covers.items())
        return per_cover + sum(booking.cents for booking in self.bookings())

    def _fairness(self, *, in_cents: bool) -> int:
        staff = [c for c in self.problem.candidates if c.kind == "internal"]
        lightest = min((100 * (c.credit_minutes // 5) // c.fte_percent for c in staff), default=0)
        step = _ticks(self.problem.usual_minutes)
        exchange = self.problem.settings.exchange
        total = 0
        for person in staff:
            prices: list[int] = []
            for need in self.covers.get(person.person, []):
                position = len(prices)
                for tick in range(position, position + _ticks(need.minutes)):
                    middle = 2 * (person.credit_minutes // 5) + (2 * (tick // step) + 1) * step
                    prices.append(100 * middle // (2 * person.fte_percent) - lightest)
            prices += [self._free_time(need, person) for need in self.covers.get(person.person, [])]
            if in_cents:
                prices = [price * (exchange.cover_cents if exchange else 0) // 144 for price in prices]
            total += sum(prices)
        return total

    def _free_time(self, need: Need, person: Candidate) -> int:
        if any(duty.starts <= need.starts and duty.ends >= need.ends for duty in person.standby):
            return 0
        own = person.teaching
        between = own is not None and own.starts <= need.starts and own.ends >= need.ends
        points = self.problem.settings.weights.free_time.points
        return (2 if between else 3) * points * 12 * _ticks(need.minutes)

    def _quality(self) -> int:
        weights, total = self.problem.settings.weights, 0
        meetings: dict[str, set[str]] = defaultdict(set)
        for key, needs in self.covers.items():
            person = self.people[key]
            for need in needs:
                total += weights.subject.points * bool(need.subject and need.subject not in person.subjects)
                strange = need.sections and not any(s in person.sections for s in need.sections)
                total += weights.known_class.points * bool(strange)
                total += weights.preference.points * (person.school_says != "preferred")
                total += weights.preference.points * (person.person_says != "preferred")
                for section in need.sections:
                    meetings[section].add(key)
        for section, people in meetings.items():
            if sum(section in need.sections for need in self.problem.needs) > 1:
                total += weights.continuity.points * len(people)
        return total


def _unfit(need: Need, person: Candidate) -> Iterator[str]:
    if person.person == need.absent_person:
        yield "would cover the own absence"
    for busy in person.busy:
        if _meet(busy, need):
            yield f"is busy ({busy.code})"
    if person.hours is not None and all(h.starts > need.starts or h.ends < need.ends for h in person.hours):
        yield "is not on site"
    if "excluded" in (person.school_says, person.person_says):
        yield "is excluded"
    for key in need.required:
        if not any(credential.key == key and credential.valid for credential in person.credentials):
            yield f"has no valid {key}"
    if person.hire is not None:
        if need.half in person.hire.booked_elsewhere:
            yield "is booked elsewhere"
        if need.half not in person.hire.halves and need.half not in person.hire.booked_here:
            yield "is not available for this half"


def _meet(one: Need | Busy, other: Need | Busy) -> bool:
    return one.starts < other.ends and other.starts < one.ends


def _ticks(minutes: int) -> int:
    return max(1, int(minutes / 5 + 0.5))
