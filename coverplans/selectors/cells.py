"""One need as pages draw it: what it is, in which state, who takes it."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from coverplans.models import Assignment, AssignmentKind, AssignmentState, CoverNeed, NeedState

from .day_rows import DayRows
from .texts import span_text

AT_RISK = dt.timedelta(hours=1)
"""A substitute who has not answered this long before the lesson may not come at all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """See templates/coverplans/_cell.html. `seen` is what a form sends back, so that a change in between is noticed."""

    id: str
    period: str
    number: int
    when: str
    own_times: bool
    sections: str
    subject: str
    room: str
    absent: str
    kind: str
    state: str
    measure: str
    who: str
    why_not: str
    seen: str
    locked: bool
    unpublished: bool
    at_risk: bool


def cell_of(
    need: CoverNeed, rows: DayRows, zone: ZoneInfo, now: dt.datetime, usual_times: str | None = None
) -> Cell:
    """The need with its current taker. `usual_times`: what its column says already, and need not be said again."""
    row = rows.current.get(need.pk)
    state, measure = state_of(need, row)
    when = span_text(need.starts_at, need.ends_at, zone)
    return Cell(
        id=str(need.uuid),
        period=need.period_name,
        number=need.period_number,
        when=when,
        own_times=usual_times is not None and when != usual_times,
        sections=need.sections,
        subject=need.subject or need.kind.capitalize(),
        room=need.room,
        absent=need.absent_name,
        kind=need.kind,
        state=state,
        measure=measure,
        who=who_of(row, rows.classes) if state != "not_required" else "",
        why_not=need.get_why_not_required_display() if need.why_not_required else "",
        seen=str(row.uuid) if row else "",
        locked=bool(row and row.is_locked),
        unpublished=need.pk in rows.changed,
        at_risk=state == "awaiting" and now < need.starts_at < now + AT_RISK,
    )


def state_of(need: CoverNeed, row: Assignment | None) -> tuple[str, str]:
    """State and measure in the words of components/state.html. A choice that nobody has been told is only planned."""
    if need.state in (NeedState.NOT_REQUIRED, NeedState.WITHDRAWN):
        return str(need.state), ""
    if row is None:
        return "open", ""
    if row.person_id is None:
        return "typed", row.kind
    match row.state:
        case AssignmentState.PROPOSED:
            return "planned", ""
        case AssignmentState.AWAITING:
            return "awaiting", ""
        case _:
            return "covered", ""


def who_of(row: Assignment | None, classes: dict[int, str]) -> str:
    """`P. Lind`, `Sub: J. Roy`, `with 7c`, or nothing."""
    if row is None:
        return ""
    if row.person is not None:
        return f"Sub: {row.person.name}" if row.kind == AssignmentKind.EXTERNAL else row.person.name
    into = classes.get(row.into_lesson_id or 0, "")
    return f"with {into}" if into else ""
