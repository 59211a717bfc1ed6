"""What `explain-cover` prints: line by line for people, one object for programs."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from coverplans.matching import WhyNot
from coverplans.models import Assignment
from coverplans.selectors.explanation import NeedExplained


def explanation_lines(found: NeedExplained, zone: ZoneInfo) -> Iterator[str]:
    """Who takes the lesson and why, the alternatives, who cannot."""
    need = found.need
    times = f"{need.starts_at.astimezone(zone):%H:%M}–{need.ends_at.astimezone(zone):%H:%M}"
    lesson = " ".join(f"{need.sections} {need.subject or need.kind}".split())
    yield f"{need.date}, period {need.period_name} ({times}): {lesson}, instead of {need.absent_name}."
    yield f"Now: {_now(found)}."
    if found.plan is None:
        yield "Not planned yet: there is nothing to explain."
        return
    yield f"Version {found.plan.version}, {found.plan.get_state_display()}:"
    yield f"  {found.sentence}"
    yield from (f"  - {term['text']}" for term in found.terms)
    for group in found.uncovered_because:
        yield f"  - {group['text']}: {', '.join(group['people'])}"
    if found.alternatives:
        yield "Alternatives:"
        yield from (f"  {number}. {each['name']}: {each['text']}" for number, each in _numbered(found))
    if found.excluded:
        yield "Cannot take it:"
        for row in found.excluded:
            yield f"  {row.name}: {'; '.join(reason['text'] for reason in row.reasons)}"


def explanation_data(found: NeedExplained) -> dict[str, Any]:
    """The same as plain data."""
    plan, taker = found.plan, found.taker
    return {
        "need": str(found.need.uuid),
        "date": found.need.date.isoformat(),
        "state": found.need.state,
        "taker": {"kind": taker.kind, "person": taker_id(taker), "state": taker.state} if taker else None,
        "version": plan.version if plan else None,
        "sentence": found.sentence,
        "terms": found.terms,
        "uncovered_because": found.uncovered_because,
        "alternatives": found.alternatives,
        "excluded": [
            {"person": row.person, "name": row.name, "reasons": row.reasons} for row in found.excluded
        ],
    }


def why_not_lines(name: str, answer: WhyNot) -> Iterator[str]:
    """The exact answer to "why not this person?"."""
    if not answer.possible:
        yield f"{name} cannot take it: {'; '.join(reason.text for reason in answer.excluded_by)}."
        return
    best = "" if answer.proven else " (the best found in time)"
    yield f"With {name}{best}: {'; '.join(answer.texts)}."
    yield from (f"  {move.text}" for move in answer.moves)


def taker_id(taker: Assignment) -> str | None:
    """The outside id of the person who takes a need; None for a measure."""
    return str(taker.person.uuid) if taker.person else None


def _now(found: NeedExplained) -> str:
    taker = found.taker
    if taker is None:
        return found.need.get_state_display()
    who = taker.person.name if taker.person else taker.get_kind_display()
    by_hand = ", chosen by hand" if taker.by_hand else ""
    return f"{who}{by_hand} ({taker.get_state_display()})"


def _numbered(found: NeedExplained) -> Iterator[tuple[int, dict[str, Any]]]:
    yield from enumerate(found.alternatives, start=1)
