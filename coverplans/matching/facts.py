"""What speaks for and against one person for one need, as short texts: the words of explanations and panel."""

from dataclasses import dataclass

from coverplans.matching import costs, words
from coverplans.matching.instance import Instance
from coverplans.matching.problem import Candidate, Need, Problem
from coverplans.matching.settings import TICK_MINUTES


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that counted: in which tier, with how much (0 is as good as can be), and in words."""

    tier: str
    code: str
    amount: int
    text: str

    def to_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {"tier": self.tier, "code": self.code, "amount": self.amount, "text": self.text}


def mean_credit(problem: Problem) -> int:
    """Mean cover minutes this term of all colleagues, as if everybody worked full time."""
    staff = [c for c in problem.candidates if costs.counts_for_fairness(c)]
    full_time = sum(c.fte_percent for c in staff)
    return 100 * sum(c.credit_minutes for c in staff) // full_time if full_time else 0


def terms(instance: Instance, need: Need, candidate: Candidate, *, today: int, booking: str) -> list[Term]:
    """Everything that counted for this person and need; `today` is the person's cover minutes in the plan."""
    problem, weights = instance.problem, instance.problem.settings.weights
    found = [_placement_term(problem, need, candidate)]
    if booking or candidate.cover_cents:
        found.append(_money_term(problem, candidate, booking))
    if costs.counts_for_fairness(candidate):
        found.append(_load_term(instance, candidate, today))
    if need.subject:
        teaches = need.subject in candidate.subjects
        subject = need.subject_label or need.subject
        found.append(
            Term("quality", "subject", 0, f"teaches {subject}")
            if teaches
            else Term("quality", "other_subject", weights.subject.points, f"doesn't teach {subject}")
        )
    if need.sections:
        known = any(section in candidate.sections for section in need.sections)
        found.append(
            Term("quality", "known_class", 0, "knows the class")
            if known
            else Term("quality", "unknown_class", weights.known_class.points, "doesn't know the class")
        )
    for says, text in (
        (candidate.school_says, "preferred by the school"),
        (candidate.person_says, "prefers this school"),
    ):
        if says == "preferred":
            found.append(Term("quality", "preference", 0, text))
    return found


def _money_term(problem: Problem, candidate: Candidate, booking: str) -> Term:
    if candidate.cover_cents:
        text = f"{words.money(problem, candidate.cover_cents)} for the cover"
        return Term("money", "cover", candidate.cover_cents, f"{booking}, {text}" if booking else text)
    return Term("money", "booking", 0, booking)


def _placement_term(problem: Problem, need: Need, candidate: Candidate) -> Term:
    points = costs.free_time(need, candidate, problem.settings)
    return Term("fairness", "free_time", points, costs.placement(need, candidate))


def _load_term(instance: Instance, candidate: Candidate, today: int) -> Term:
    before, after = candidate.credit_minutes, candidate.credit_minutes + today
    mean = mean_credit(instance.problem) * candidate.fte_percent // 100
    amount = costs.LoadSteps(instance.problem).cost(candidate, today // TICK_MINUTES)
    text = f"{words.hours(before)} of cover this term, {words.hours(after)} after this day (the mean is {words.hours(mean)})"
    return Term("fairness", "load", amount, text)


def short_facts(problem: Problem, need: Need, candidate: Candidate, price: int | None) -> list[str]:
    """The few facts that matter at a glance: "free between own lessons", "teaches Maths", "1 cover this term"."""
    facts = [costs.placement(need, candidate)]
    if candidate.hire is not None:
        facts = [f"{words.money(problem, price)} to book" if price else "already booked"]
    if need.subject and need.subject in candidate.subjects:
        facts.append(f"teaches {need.subject_label or need.subject}")
    elif any(section in candidate.sections for section in need.sections):
        facts.append("knows the class")
    if candidate.kind == "internal":
        facts.append(f"{words.count(candidate.covers_this_term, 'cover')} this term")
    return facts
