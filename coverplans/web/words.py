"""Sentences that say what a button has done."""

from coverplans.models import CoverPlan
from coverplans.services.publish import Published


def planned_text(plan: CoverPlan) -> str:
    """`Planned: every lesson is taken care of. Nobody has been told yet.`"""
    uncovered = plan.measures.get("uncovered", 0)
    found = "every lesson is taken care of" if not uncovered else f"{_lessons(uncovered)} nobody can take"
    return f"Planned: {found}. Nobody has been told yet."


def published_text(result: Published) -> str:
    """`Published; 4 people are told.`, and what another school was faster for."""
    people = "1 person is" if result.told == 1 else f"{result.told} people are"
    text = f"Published; {people} told."
    if result.lost:
        lessons = ", ".join(f"{need.sections} {need.subject}".strip() for need in result.lost)
        text += f" Another school was faster for {lessons}: planned again, look and publish once more."
    return text


def _lessons(number: int) -> str:
    return "1 lesson that" if number == 1 else f"{number} lessons that"
