"""What an option costs in each tier, in whole numbers.

Money is cents. Fairness is the FTE-weighted square of everybody's credit, laid out as steps (`LoadSteps`), plus a
price for free time. Quality counts points for everything that isn't as good as it could be.
"""

from coverplans.matching.instance import Instance, Option, on_standby
from coverplans.matching.problem import Candidate, Need, Problem
from coverplans.matching.settings import (
    COVER_TICKS,
    EDGE_COVERS_PER_POINT,
    GAP_COVERS_PER_POINT,
    TICK_MINUTES,
    Settings,
)


def ticks(minutes: int) -> int:
    """Minutes in ticks, rounded to the nearest, at least one."""
    return max(1, (minutes + TICK_MINUTES // 2) // TICK_MINUTES)


def uncovered(need: Need) -> int:
    """Priority-weighted minutes without an adult."""
    return need.priority * need.minutes


def changed(instance: Instance, option: Option | None, need: int) -> int:
    """1 when a published row moves, 2 when that row is an external's, 0 when it stays or wasn't published."""
    row = instance.existing.get(need)
    if row is None or not row.published:
        return 0
    if option is not None:
        measure = option.measure.key if option.measure else ""
        person = instance.candidates[option.candidate].person if option.candidate >= 0 else ""
        if (person, measure) == (row.person, row.measure):
            return 0
    return change_weight(instance, row.person)


def change_weight(instance: Instance, person: str) -> int:
    """A change that cancels an external's job weighs twice."""
    external = any(c.person == person and c.kind == "external" for c in instance.candidates)
    return 2 if external else 1


def counts_for_fairness(candidate: Candidate) -> bool:
    """Covering is an extra burden for staff only: supervisors and externals are there for it."""
    return candidate.kind == "internal"


def free_time(need: Need, candidate: Candidate, settings: Settings) -> int:
    """Fairness points for using a free period or the edge of somebody's day instead of standby duty."""
    if not counts_for_fairness(candidate) or on_standby(need, candidate):
        return 0
    in_gap = _in_gap(need, candidate)
    covers = GAP_COVERS_PER_POINT if in_gap else EDGE_COVERS_PER_POINT
    return covers * settings.weights.free_time.points * COVER_TICKS * ticks(need.minutes)


def _in_gap(need: Need, candidate: Candidate) -> bool:
    own = candidate.teaching
    return own is not None and own.starts <= need.starts and need.ends <= own.ends


def placement(need: Need, candidate: Candidate) -> str:
    """Where the need lies in the person's own day, in words."""
    if on_standby(need, candidate):
        return "on standby duty"
    if candidate.kind != "internal":
        return "free"
    if _in_gap(need, candidate):
        return "free between own lessons"
    return "on site outside own lessons" if candidate.teaching else "on site without own lessons"


def in_cents(points: int, settings: Settings) -> int:
    """Fairness points at the school's exchange rate; 0 when it has none."""
    return points * settings.exchange.cover_cents // COVER_TICKS**2 if settings.exchange else 0


class LoadSteps:
    """Fairness prices: what the next tick of cover costs each colleague, rising with every step taken.

    One step is one lesson of the usual length. The price of a tick is the FTE-weighted load (in ticks) in the
    middle of the step, above that of the least loaded colleague today: spare someone one cover above the rest
    and fairness improves by COVER_TICKS².
    """

    def __init__(self, problem: Problem) -> None:
        self.step = ticks(problem.usual_minutes)
        loads = [weighted_load(c) for c in problem.candidates if counts_for_fairness(c)]
        self.floor = min(loads, default=0)

    def price(self, candidate: Candidate, step: int) -> int:
        """Price of one tick in the given step (0 is the first)."""
        load = candidate.credit_minutes // TICK_MINUTES
        middle = 2 * load + (2 * step + 1) * self.step
        return 100 * middle // (2 * candidate.fte_percent) - self.floor

    def cost(self, candidate: Candidate, amount: int) -> int:
        """Price of `amount` ticks on top of the present credit."""
        whole, rest = divmod(amount, self.step)
        return sum(self.price(candidate, n) for n in range(whole)) * self.step + rest * self.price(
            candidate, whole
        )


def weighted_load(candidate: Candidate) -> int:
    """Credit so far in ticks, as if everybody worked full time."""
    return 100 * (candidate.credit_minutes // TICK_MINUTES) // candidate.fte_percent


def quality(need: Need, candidate: Candidate, settings: Settings) -> int:
    """Quality points of this person for this need, without continuity (which is about several needs)."""
    weights = settings.weights
    points = 0
    if need.subject and need.subject not in candidate.subjects:
        points += weights.subject.points
    if need.sections and not any(section in candidate.sections for section in need.sections):
        points += weights.known_class.points
    preferred = (candidate.school_says == "preferred") + (candidate.person_says == "preferred")
    return points + (2 - preferred) * weights.preference.points


class Prices:
    """The costs of every option, worked out once for greedy, model and explanations.

    By option index: `quality`, `free_time` (fairness points), `amount` (ticks of cover; 0 for a measure).
    """

    def __init__(self, instance: Instance) -> None:
        settings = instance.problem.settings
        self.steps = LoadSteps(instance.problem)
        self.quality = [0] * len(instance.options)
        self.free_time = [0] * len(instance.options)
        self.amount = [0] * len(instance.options)
        for k, option in enumerate(instance.options):
            if option.candidate >= 0:
                need, candidate = instance.needs[option.need], instance.candidates[option.candidate]
                self.quality[k] = quality(need, candidate, settings)
                self.free_time[k] = free_time(need, candidate, settings)
                self.amount[k] = ticks(need.minutes)


def continuity_needs(problem: Problem) -> dict[str, list[int]]:
    """Sections with two or more needs, and those needs by index: each further person there costs points."""
    if problem.settings.weights.continuity.points == 0:
        return {}
    needs: dict[str, list[int]] = {}
    for j, need in enumerate(problem.needs):
        for section in sorted(set(need.sections)):
            needs.setdefault(section, []).append(j)
    return {section: js for section, js in sorted(needs.items()) if len(js) > 1}
