"""Why each need ended as it did: what counted, who came next, who couldn't and for which reason."""

import time
from dataclasses import dataclass

from coverplans.matching import words
from coverplans.matching.alternatives import Priced, price_alternatives
from coverplans.matching.facts import Term, terms
from coverplans.matching.instance import Option
from coverplans.matching.panel import full_reasons
from coverplans.matching.plan import Choice, Plan
from coverplans.matching.problem import Candidate, Problem
from coverplans.matching.rules import HEADINGS, Exclusion
from coverplans.matching.workbench import Workbench

MOST_ALTERNATIVES = 5


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way for the need. `tier` is the most important aim that suffers, by `at_least`; "" when none is
    known to. `text` says it: "at least 60.00 EUR dearer"."""

    person: str
    measure: str
    name: str
    tier: str
    at_least: int
    text: str


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """One reason (`text` is its heading) and the names of everybody it holds for; for needs that nobody takes."""

    code: str
    people: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything kept with one need. `excluded`: person → rules that exclude them, the school's own staff only."""

    need: str
    sentence: str
    terms: tuple[Term, ...]
    alternatives: tuple[Alternative, ...]
    excluded: dict[str, tuple[Exclusion, ...]]
    uncovered_because: tuple[ReasonGroup, ...]

    def to_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "sentence": self.sentence,
            "terms": [term.to_dict() for term in self.terms],
            "alternatives": [
                {
                    "person": each.person,
                    "measure": each.measure,
                    "name": each.name,
                    "tier": each.tier,
                    "at_least": each.at_least,
                    "text": each.text,
                }
                for each in self.alternatives
            ],
            "excluded": {
                person: [{"code": reason.code, "text": reason.text} for reason in reasons]
                for person, reasons in self.excluded.items()
            },
            "uncovered_because": [
                {"code": group.code, "people": list(group.people), "text": group.text}
                for group in self.uncovered_because
            ],
        }


def explain(problem: Problem, plan: Plan) -> dict[str, Explanation]:
    """An explanation for every need, by its key."""
    return explain_on(Workbench.of(problem), plan)


def explain_on(bench: Workbench, plan: Plan) -> dict[str, Explanation]:
    """The same for a problem that is already worked out."""
    return _Explainer(bench, plan).all()


class _Explainer:
    def __init__(self, bench: Workbench, plan: Plan) -> None:
        instance = bench.instance
        self.instance = instance
        self.problem = instance.problem
        self.plan = plan
        self.state = bench.standing(plan)
        self.people = {candidate.person: candidate for candidate in instance.candidates}
        effort = self.problem.settings.effort
        deadline = time.monotonic() + effort.milliseconds / 1000
        self.priced: Priced = price_alternatives(bench, plan, deadline)
        self.minutes: dict[str, int] = {}
        lengths = {need.key: need.minutes for need in instance.needs}
        for choice in plan.assignments:
            self.minutes[choice.person] = self.minutes.get(choice.person, 0) + lengths[choice.need]

    def all(self) -> dict[str, Explanation]:
        return {need.key: self._one(j) for j, need in enumerate(self.instance.needs)}

    def _one(self, j: int) -> Explanation:
        need = self.instance.needs[j]
        choice = self.plan.choice(need.key)
        found = self._terms(j, choice)
        return Explanation(
            need=need.key,
            sentence=self._sentence(j, choice, found),
            terms=tuple(found),
            alternatives=tuple(self._alternatives(j, choice)),
            excluded={
                self.instance.candidates[i].person: reasons
                for i, reasons in sorted(self.instance.excluded[j].items())
                if self.instance.candidates[i].kind != "external"
            },
            uncovered_because=tuple(self._groups(j)) if choice.kind == "uncovered" else (),
        )

    def _terms(self, j: int, choice: Choice) -> list[Term]:
        need, found = self.instance.needs[j], list[Term]()
        if choice.kind == "uncovered":
            minutes = need.priority * need.minutes
            found = [Term("uncovered", "uncovered", minutes, f"{need.minutes} minutes without an adult")]
        for measure in need.measures:
            if measure.key == choice.measure:
                found = [
                    Term("last_resort", measure.kind, measure.cost, measure.label or _plain(measure.kind))
                ]
        if choice.person in self.people:
            candidate = self.people[choice.person]
            booking, today = self._booking(candidate), self.minutes[candidate.person]
            found = terms(self.instance, need, candidate, today=today, booking=booking)
        return [*found, *self._history(j, choice)]

    def _booking(self, candidate: Candidate) -> str:
        for booking in self.plan.bookings:
            if booking.person == candidate.person:
                size = "whole day" if len(booking.halves) == 2 else "half day"
                price = words.money(self.problem, booking.cents)
                return f"{price} for a {size}" if booking.cents else "already booked"
        return ""

    def _history(self, j: int, choice: Choice) -> list[Term]:
        row = self.instance.existing.get(j)
        if row is None:
            return []
        same = (row.person, row.measure) == choice.taker
        if same and j in self.instance.settled:
            return [Term("changes", "kept", 0, "locked, accepted or already begun")]
        if not row.published:
            return []
        before = self.people[row.person].name if row.person in self.people else _plain(row.measure)
        text = "as published" if same else f"instead of {before or 'somebody no longer here'}"
        return [Term("changes", "kept" if same else "changed", int(not same), text)]

    def _sentence(self, j: int, choice: Choice, found: list[Term]) -> str:
        need = self.instance.needs[j]
        if choice.person in self.people:
            return f"{self.people[choice.person].name}: {words.listed(_worth_saying(found))}."
        if choice.measure:
            return f"{_capital(found[0].text)}: nobody could take {need.label or 'it'} at a lower price."
        return f"Nobody can take {need.label or 'this lesson'}."

    def _alternatives(self, j: int, choice: Choice) -> list[Alternative]:
        order = [tier.name for tier in self.plan.tiers]
        ranked = []
        for k in self.instance.options_of[j]:
            if self.instance.choice(j, k).taker == choice.taker:
                continue
            tier, rise = self.priced.at_least.get(k, ("", 0))
            if k in self.priced.unbooked:
                tier, rise = ("balance" if "balance" in order else "money"), self.state.price(k)
            severity = len(order) - order.index(tier) if tier else 0
            ranked.append((severity, rise, self.state.prices.quality[k], k, tier))
        return [
            self._alternative(k, tier, rise) for _, rise, _, k, tier in sorted(ranked)[:MOST_ALTERNATIVES]
        ]

    def _alternative(self, k: int, tier: str, rise: int) -> Alternative:
        option = self.instance.options[k]
        text = f"at least {words.worse(self.problem, tier, rise)}" if tier else "may be as good"
        if k in self.priced.unbooked:
            text = f"needs a booking: {words.money(self.problem, rise)} more"
        person = self.instance.candidates[option.candidate].person if option.candidate >= 0 else ""
        measure = option.measure.key if option.measure else ""
        return Alternative(person, measure, self._name(option), tier, rise, text)

    def _name(self, option: Option) -> str:
        if option.measure is not None:
            return option.measure.label or _plain(option.measure.kind)
        return self.instance.candidates[option.candidate].name

    def _groups(self, j: int) -> list[ReasonGroup]:
        """Each person under the first rule that excludes them, the largest group first."""
        found: dict[str, list[str]] = {}
        options = {self.instance.options[k].candidate: k for k in self.instance.options_of[j]}
        for i, candidate in enumerate(self.instance.candidates):
            reasons = self.instance.excluded[j].get(i) or self._needed_elsewhere(options[i])
            found.setdefault(reasons[0].code, []).append(candidate.name)
        groups = [ReasonGroup(code, tuple(names), HEADINGS[code]) for code, names in found.items()]
        return sorted(groups, key=lambda group: (-len(group.people), group.code))

    def _needed_elsewhere(self, option: int) -> tuple[Exclusion, ...]:
        needed = Exclusion("needed", "would leave something more important without cover")
        return full_reasons(self.state, option) or (needed,)


def _worth_saying(found: list[Term]) -> list[str]:
    """The terms that speak for the person, or say what it costs."""
    return [term.text for term in found if term.code not in ("other_subject", "unknown_class")]


def _plain(kind: str) -> str:
    return kind.split(":")[0].replace("_", "-")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
