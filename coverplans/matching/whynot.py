"""The exact answer to "why not X?": give X the need, solve the day again, and show what else would happen."""

from dataclasses import dataclass

from coverplans.matching import words
from coverplans.matching.greedy import NoRoomError
from coverplans.matching.instance import forced, prepare
from coverplans.matching.ladder import climb
from coverplans.matching.plan import Choice, Plan
from coverplans.matching.problem import Problem
from coverplans.matching.rules import Exclusion
from coverplans.matching.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Move:
    """One need that would end differently."""

    need: str
    before: Choice
    after: Choice
    text: str


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Either the rules that forbid it (`excluded_by`), or the best day with it compared to the plan.

    `changes`: how much each tier rises (+) or falls (−). `texts` say it, `moves` are the chain of changes, the
    asked one first. `proven`: nothing better with this person here exists.
    """

    possible: bool
    excluded_by: tuple[Exclusion, ...] = ()
    changes: dict[str, int] | None = None
    texts: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    proven: bool = False

    def to_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "possible": self.possible,
            "excluded_by": [{"code": reason.code, "text": reason.text} for reason in self.excluded_by],
            "changes": self.changes or {},
            "texts": list(self.texts),
            "moves": [{"need": move.need, "text": move.text} for move in self.moves],
            "proven": self.proven,
        }


def why_not(problem: Problem, plan: Plan, need: str, person: str) -> WhyNot:
    """What it would mean if this person took this need.

    Raises KeyError for a need or person that isn't in the problem.
    """
    instance = prepare(problem)
    j = instance.need_index(need)
    i = next((i for i, each in enumerate(instance.candidates) if each.person == person), None)
    if i is None:
        raise KeyError(person)
    if reasons := instance.excluded[j].get(i):
        return WhyNot(False, reasons)
    option = instance.option_for(j, (person, ""))
    if option is None:
        return WhyNot(False, (Exclusion("settled", "this lesson is locked, accepted or has begun"),))
    anchor = {choice.need: choice.taker for choice in plan.choices}
    try:
        other = climb(Workbench(forced(instance, j, option)), anchor)
    except NoRoomError as error:
        return WhyNot(False, tuple(Exclusion("no_room", text) for text in error.texts))
    return _compared(problem, plan, other, need)


def _compared(problem: Problem, plan: Plan, other: Plan, need: str) -> WhyNot:
    before = {tier.name: tier.value for tier in plan.tiers}
    changes = {tier.name: tier.value - before[tier.name] for tier in other.tiers}
    moves = [
        Move(choice.need, plan.choice(choice.need), choice, _move_text(problem, plan, choice))
        for choice in other.choices
        if choice.taker != plan.choice(choice.need).taker
    ]
    moves.sort(key=lambda move: move.need != need)
    texts = words.difference(problem, changes) or ["just as good"]
    return WhyNot(True, (), changes, tuple(texts), tuple(moves), other.proven)


def _move_text(problem: Problem, plan: Plan, after: Choice) -> str:
    names = {candidate.person: candidate.name for candidate in problem.candidates}
    label = next(each.label or each.key for each in problem.needs if each.key == after.need)
    before = _taker(plan.choice(after.need), names)
    return f"{label}: {_taker(after, names)} instead of {before}"


def _taker(choice: Choice, names: dict[str, str]) -> str:
    if choice.person:
        return names.get(choice.person, "somebody no longer here")
    return choice.kind.replace("_", "-") if choice.measure else "nobody"
