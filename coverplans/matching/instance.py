"""A problem made ready for solving: sorted, with every allowed option and every reason against the others.

Greedy, the exact model and the explanations all read this; the checker doesn't.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from coverplans.matching.plan import Choice, ChoiceKind
from coverplans.matching.problem import Candidate, Existing, Measure, Need, Problem
from coverplans.matching.rules import RULES, Exclusion

ABSOLUTE = frozenset(rule.code for rule in RULES if rule.absolute)


@dataclass(frozen=True, slots=True)
class Option:
    """One way to end one need: `candidate` is an index or −1, `measure` the measure or None."""

    need: int
    candidate: int = -1
    measure: Measure | None = None


@dataclass(slots=True)
class Instance:
    """Needs and candidates by index. `options_of[j]` lists a need's options by index into `options`.

    `excluded[j][i]`: why candidate i can't take need j. `settled`: needs whose only option is a locked,
    accepted or begun row. `conflicts`: such rows that break a rule, in words. `forced`: a need that has only the
    option asked for in a "what if", within all rules.
    """

    problem: Problem
    needs: tuple[Need, ...]
    candidates: tuple[Candidate, ...]
    existing: dict[int, Existing]
    excluded: list[dict[int, tuple[Exclusion, ...]]]
    options: list[Option] = field(default_factory=list)
    options_of: list[list[int]] = field(default_factory=list)
    settled: set[int] = field(default_factory=set)
    conflicts: list[str] = field(default_factory=list)
    forced: int | None = None

    def must_be_taken(self, need: int) -> bool:
        """Whether this need's only option has to be taken."""
        return need in self.settled or need == self.forced

    def need_index(self, key: str) -> int:
        """Where this need is. Raises KeyError when it isn't in the problem."""
        for j, need in enumerate(self.needs):
            if need.key == key:
                return j
        raise KeyError(key)

    def options_by_candidate(self) -> dict[int, list[int]]:
        """Options of each candidate who has any, in the needs' order."""
        found: dict[int, list[int]] = {}
        for index, option in enumerate(self.options):
            if option.candidate >= 0:
                found.setdefault(option.candidate, []).append(index)
        return found

    def choice(self, need: int, option: int | None) -> Choice:
        """The outside form of taking this option, or none, for a need."""
        key = self.needs[need].key
        if option is None:
            return Choice(key, "uncovered")
        taken = self.options[option]
        if taken.measure is not None:
            return Choice(key, taken.measure.kind, measure=taken.measure.key)
        candidate = self.candidates[taken.candidate]
        return Choice(key, kind_of_cover(self.needs[need], candidate), person=candidate.person)

    def option_for(self, need: int, taker: tuple[str, str]) -> int | None:
        """The option with this person or measure, if the need has it."""
        return next((k for k in self.options_of[need] if self.choice(need, k).taker == taker), None)


def on_standby(need: Need, candidate: Candidate) -> bool:
    """Whether the whole need lies inside one of the person's standby duties."""
    return any(duty.starts <= need.starts and need.ends <= duty.ends for duty in candidate.standby)


def kind_of_cover(need: Need, candidate: Candidate) -> ChoiceKind:
    """How this person would cover this need."""
    if candidate.kind == "internal" and on_standby(need, candidate):
        return "standby"
    return candidate.kind


def canonical(problem: Problem) -> Problem:
    """The same problem in one fixed order, so that the order of the caller's queries can't change the plan."""
    return replace(
        problem,
        needs=tuple(sorted(problem.needs, key=lambda need: (need.starts, need.ends, need.key))),
        candidates=tuple(sorted(problem.candidates, key=lambda candidate: candidate.person)),
        groups=tuple(sorted(problem.groups)),
        existing=tuple(sorted(problem.existing, key=lambda row: row.need)),
    )


def prepare(problem: Problem) -> Instance:
    """Applies every rule of one person and one need."""
    problem = canonical(problem)
    rows = {row.need: row for row in problem.existing}
    instance = Instance(
        problem=problem,
        needs=problem.needs,
        candidates=problem.candidates,
        existing={j: rows[need.key] for j, need in enumerate(problem.needs) if need.key in rows},
        excluded=_exclusions(problem),
    )
    for j in range(len(instance.needs)):
        _add_options(instance, j)
    return instance


def forced(instance: Instance, need: int, option: int) -> Instance:
    """The same instance where this need has no other way than this option."""
    narrow = replace(instance, options=[], options_of=[], forced=need)
    for j, ks in enumerate(instance.options_of):
        kept = [option] if j == need else ks
        first = len(narrow.options)
        narrow.options += [instance.options[k] for k in kept]
        narrow.options_of.append(list(range(first, first + len(kept))))
    return narrow


def _exclusions(problem: Problem) -> list[dict[int, tuple[Exclusion, ...]]]:
    excluded: list[dict[int, tuple[Exclusion, ...]]] = [{} for _ in problem.needs]
    for rule in RULES:
        groups: dict[Hashable, list[int]] = {}
        for j, need in enumerate(problem.needs):
            groups.setdefault(rule.looks_at(need), []).append(j)
        for members in groups.values():
            need = problem.needs[members[0]]
            for i, candidate in enumerate(problem.candidates):
                texts = tuple(rule.broken_by(need, candidate, problem.settings))
                if texts:
                    reasons = tuple(Exclusion(rule.code, text) for text in texts)
                    for j in members:
                        excluded[j][i] = excluded[j].get(i, ()) + reasons
    return excluded


def _add_options(instance: Instance, j: int) -> None:
    need = instance.needs[j]
    options = _settled_option(instance, j)
    if options:
        instance.settled.add(j)
    else:
        options = [
            Option(j, candidate=i) for i in range(len(instance.candidates)) if i not in instance.excluded[j]
        ]
        options += [Option(j, measure=measure) for measure in sorted(need.measures)]
    first = len(instance.options)
    instance.options += options
    instance.options_of.append(list(range(first, first + len(options))))


def _settled_option(instance: Instance, j: int) -> list[Option]:
    """The one option of a row that must stay, or nothing when there is no such row or it can't be kept."""
    row, need = instance.existing.get(j), instance.needs[j]
    begun = need.starts <= instance.problem.now
    if row is None or not (row.locked or row.accepted or (row.published and begun)):
        return []
    if row.measure:
        return _settled_measure(instance, need, j, row)
    for i, candidate in enumerate(instance.candidates):
        if candidate.person == row.person:
            reasons = instance.excluded[j].get(i, ())
            instance.conflicts += [f"{need.label}: {candidate.name} {reason.text}" for reason in reasons]
            keepable = not any(reason.code in ABSOLUTE for reason in reasons)
            return [Option(j, candidate=i)] if keepable else []
    instance.conflicts.append(f"{need.label}: the person it was given to is no longer available")
    return []


def _settled_measure(instance: Instance, need: Need, j: int, row: Existing) -> list[Option]:
    for measure in need.measures:
        if measure.key == row.measure:
            return [Option(j, measure=measure)]
    instance.conflicts.append(f"{need.label}: the measure it was given is no longer possible")
    return []
