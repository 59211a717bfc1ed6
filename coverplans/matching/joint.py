"""The hard rules about several needs together: each becomes limits "of these options, at most so much".

Greedy asks the limits one by one, the exact model turns each into a row. To add a rule: write a function from
instance to limits, put it into JOINT_RULES, teach `checker.py` the same, and give it a case in `test_rules.py`.
Locked rows may already be over a limit, because a person decided so; then nothing more is added to it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from coverplans.matching.clock import longest_run, overlapping_sets, runs
from coverplans.matching.instance import Instance
from coverplans.matching.problem import Busy, Candidate, Need


@dataclass(frozen=True, slots=True)
class Limit:
    """The weights of the chosen options among these add up to at most `at_most`.

    `candidate`: whose limit it is, −1 for a capacity. `text` reads after a person's name.
    """

    code: str
    text: str
    candidate: int
    options: tuple[int, ...]
    weights: tuple[int, ...]
    at_most: int


Mine = dict[int, list[int]]


def one_place_at_a_time(instance: Instance, mine: Mine) -> Iterator[Limit]:
    """Nobody covers two needs that overlap."""
    together = overlapping_sets(instance.needs)
    index = {need.key: j for j, need in enumerate(instance.needs)}
    moments = [frozenset(index[need.key] for need in needs) for needs in together]
    for i, options in mine.items():
        seen: set[tuple[int, ...]] = set()
        for moment in moments:
            at_once = tuple(k for k in options if instance.options[k].need in moment)
            if len(at_once) > 1 and at_once not in seen:
                seen.add(at_once)
                yield _limit(instance, "busy", "covers another lesson at this time", i, at_once, 1)


def caps(instance: Instance, mine: Mine) -> Iterator[Limit]:
    """All covers of this day together stay within each cap."""
    for i, options in mine.items():
        for cap in instance.candidates[i].caps:
            weights = tuple(
                1 if cap.unit == "covers" else instance.needs[instance.options[k].need].minutes
                for k in options
            )
            if sum(weights) > cap.remaining:
                unit = cap.unit if cap.limit != 1 else cap.unit.removesuffix("s")
                text = f"reaches the {cap.period}'s limit of {cap.limit} {unit}"
                yield _limit(instance, "over_cap", text, i, tuple(options), cap.remaining, weights)


def breaks(instance: Instance, mine: Mine) -> Iterator[Limit]:
    """Covers together with own lessons leave everybody a break in time."""
    pause = instance.problem.settings.break_minutes
    for i, options in mine.items():
        candidate = instance.candidates[i]
        if candidate.max_consecutive is None:
            continue
        by_time: dict[tuple[int, int], list[int]] = {}
        for k in options:
            need = instance.needs[instance.options[k].need]
            if instance.options[k].need in instance.settled:
                candidate = _with_lesson(candidate, need)
            else:
                by_time.setdefault((need.starts, need.ends), []).append(k)
        slots = [instance.needs[instance.options[ks[0]].need] for _, ks in sorted(by_time.items())]
        for chain in _chains_too_long(candidate, slots, pause):
            chained = tuple(k for need in chain for k in by_time[need.starts, need.ends])
            text = f"more than {candidate.max_consecutive} minutes without a break"
            yield _limit(instance, "no_break", text, i, chained, len(chain) - 1)


def _with_lesson(candidate: Candidate, settled: Need) -> Candidate:
    """The person with a settled cover counted like an own lesson: it will be there in any case."""
    return replace(candidate, busy=(*candidate.busy, Busy(settled.starts, settled.ends, "teaching", "")))


def _chains_too_long(candidate: Candidate, slots: list[Need], pause: int) -> Iterator[list[Need]]:
    """Shortest chains of slots that, all taken, leave no break in time."""
    limit = candidate.max_consecutive or 0
    open_chains = [[slot] for slot in slots]
    while open_chains:
        chain = open_chains.pop()
        if longest_run(candidate, chain, pause) > limit:
            yield chain
            continue
        for slot in slots:
            longer = [*chain, slot]
            if slot.starts >= chain[-1].ends and _in_one_run(candidate, longer, pause):
                open_chains.append(longer)


def _in_one_run(candidate: Candidate, chain: list[Need], pause: int) -> bool:
    return any(run.covers == len(chain) for run in runs(candidate, chain, pause))


def capacities(instance: Instance, mine: Mine) -> Iterator[Limit]:
    """A receiving class or study hall takes only so many."""
    sizes: dict[str, list[tuple[int, int]]] = {}
    for k, option in enumerate(instance.options):
        if option.measure is not None and option.measure.group:
            sizes.setdefault(option.measure.group, []).append((k, option.measure.size))
    for group in instance.problem.groups:
        users = sizes.get(group.key, [])
        if sum(size for _, size in users) > group.capacity:
            options = tuple(k for k, _ in users)
            weights = tuple(size for _, size in users)
            yield _limit(instance, "full", f"{group.label} is full", -1, options, group.capacity, weights)


JOINT_RULES: tuple[Callable[[Instance, Mine], Iterator[Limit]], ...] = (
    one_place_at_a_time,
    caps,
    breaks,
    capacities,
)


def limits(instance: Instance) -> list[Limit]:
    """Every limit that the options of this instance could break."""
    mine = instance.options_by_candidate()
    return [limit for rule in JOINT_RULES for limit in rule(instance, mine)]


def _limit(
    instance: Instance,
    code: str,
    text: str,
    candidate: int,
    options: tuple[int, ...],
    at_most: int,
    weights: tuple[int, ...] | None = None,
) -> Limit:
    weights = weights or (1,) * len(options)
    settled = sum(
        weight
        for k, weight in zip(options, weights, strict=True)
        if instance.options[k].need in instance.settled
    )
    return Limit(code, text, candidate, options, weights, max(at_most, settled))
