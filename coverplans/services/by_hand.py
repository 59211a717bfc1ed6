"""What a cover manager decides by hand: always in the draft, never behind another manager's back.

Every function compares `seen`, the assignment its caller saw (its uuid, or "" for none), with what is there now.
"""

import datetime as dt

from coverplans.matching.problem import Candidate
from coverplans.models import (
    Assignment,
    AssignmentKind,
    AssignmentState,
    Booking,
    BookingPart,
    BookingState,
    CoverNeed,
    NeedState,
    WhyNotRequired,
)
from coverplans.models.booking import HOLDING
from coverplans.selectors.day_problem import DayProblem, read_day_problem
from coverplans.selectors.panel_people import BENDS
from coverplans.selectors.standing import ranked_candidates
from coverplans.services.drafts import drop_proposals, ensure_draft
from coverplans.services.locking import lock_day
from coverplans.services.release import release_need
from schools.errors import Conflict, Refused
from schools.models import User
from schools.services.audit import record
from staffing.models import Lesson, Person


def assign(
    *, need: CoverNeed, person: Person, seen: str, actor: User | None, now: dt.datetime, despite: bool = False
) -> Assignment:
    """Give a need to a person in the draft.

    `despite` goes over limits that protect people's time (caps, planning time, hours), never over the absolute ones: nobody
    can be in two places, cover while absent, or teach without a required clearance.
    Raises Refused with every reason against it, and Conflict when the cell changed since it was seen.
    """
    lock_day(need.school, need.date)
    need, current = _current(need, seen)
    day = read_day_problem(school=need.school, date=need.date, now=now)
    candidate = _candidate(day, person)
    _refuse_excluded(day, need, candidate, despite)
    draft = ensure_draft(need.school, need.date, actor)
    _take_off(current, draft.version)
    row = Assignment.objects.create(
        district_id=need.district_id,
        school=need.school,
        need=need,
        date=need.date,
        kind=_kind(need, candidate, day),
        person=person,
        post_id=day.post_ids.get(candidate.person) if candidate.kind != "external" else None,
        booking=_booking_for(need, candidate, person, day) if candidate.kind == "external" else None,
        starts_at=need.starts_at,
        ends_at=need.ends_at,
        by_hand=True,
        from_version=draft.version,
    )
    record(action="assignment.assign", subject=row, actor=actor, reason="by hand")
    return row


def unassign(*, need: CoverNeed, seen: str, actor: User | None) -> None:
    """Take the current person or measure off a need in the draft; what is published runs until the draft is."""
    lock_day(need.school, need.date)
    need, current = _current(need, seen)
    if current is None:
        return
    draft = ensure_draft(need.school, need.date, actor)
    record(action="need.unassign", subject=need, actor=actor)
    _take_off(current, draft.version)


def set_lock(*, need: CoverNeed, locked: bool, seen: str, actor: User | None) -> None:
    """Lock the current choice, so that planning again leaves it alone, or unlock it."""
    lock_day(need.school, need.date)
    need, current = _current(need, seen)
    if current is None:
        raise Refused("There is nobody to lock: the lesson is still open.")
    current.is_locked = locked
    if not locked:
        current.by_hand = False
    current.save(update_fields=["is_locked", "by_hand"])
    record(action="assignment.lock" if locked else "assignment.unlock", subject=current, actor=actor)


def take_measure(
    *, need: CoverNeed, kind: str, into: Lesson | None, seen: str, actor: User | None
) -> Assignment:
    """Choose a measure instead of a person: self-study, merge (with the lesson that receives the class), or cancel."""
    if kind not in ("self_study", "merge", "cancel_lesson"):
        raise Refused("There is no such measure.", field="measure")
    if (kind == "merge") != (into is not None):
        raise Refused("Say which class receives the pupils.", field="option")
    lock_day(need.school, need.date)
    need, current = _current(need, seen)
    draft = ensure_draft(need.school, need.date, actor)
    _take_off(current, draft.version)
    row = Assignment.objects.create(
        district_id=need.district_id,
        school=need.school,
        need=need,
        date=need.date,
        kind=AssignmentKind(kind),
        into_lesson=into,
        starts_at=need.starts_at,
        ends_at=need.ends_at,
        by_hand=True,
        from_version=draft.version,
    )
    record(action="assignment.measure", subject=row, actor=actor, reason=kind)
    return row


def waive(*, need: CoverNeed, reason: str, actor: User | None) -> None:
    """The lesson needs nobody after all; whoever was to take it is free at once. `require_again` undoes it."""
    lock_day(need.school, need.date)
    need.refresh_from_db()
    if need.state not in (NeedState.OPEN, NeedState.COVERED):
        raise Conflict("This lesson does not need cover any more.", theirs=need.get_state_display())
    release_need(need=need, actor=actor, why="not needed")
    need.state, need.why_not_required = NeedState.NOT_REQUIRED, WhyNotRequired.WAIVED
    need.save(update_fields=["state", "why_not_required"])
    record(action="need.waive", subject=need, actor=actor, reason=reason)


def require_again(*, need: CoverNeed, actor: User | None) -> None:
    """Undo a waiver: the lesson needs an adult again."""
    lock_day(need.school, need.date)
    need.refresh_from_db()
    if need.why_not_required != WhyNotRequired.WAIVED:
        raise Conflict(
            "Only a lesson that the cover manager waived can be asked for again.",
            theirs=need.get_state_display(),
        )
    need.state, need.why_not_required = NeedState.OPEN, ""
    need.save(update_fields=["state", "why_not_required"])
    record(action="need.require", subject=need, actor=actor)


def _current(need: CoverNeed, seen: str) -> tuple[CoverNeed, Assignment | None]:
    """The need and its current assignment under the day's lock. Raises Conflict when it is not the one that was seen."""
    need.refresh_from_db()
    if need.state not in (NeedState.OPEN, NeedState.COVERED):
        raise Conflict(
            "This lesson does not need cover any more.", theirs=need.get_state_display(), yours=seen
        )
    rows = Assignment.objects.filter(need=need, to_version__isnull=True).exclude(state=AssignmentState.ENDED)
    current = rows.select_related("person", "booking").first()
    if seen != (str(current.uuid) if current else ""):
        theirs = _name(current) if current else "open"
        raise Conflict(
            f"Somebody else changed this lesson meanwhile: it is now {theirs}.", theirs=theirs, yours=seen
        )
    return need, current


def _name(row: Assignment) -> str:
    return row.person.name if row.person else row.get_kind_display()


def _take_off(current: Assignment | None, version: int) -> None:
    if current is None:
        return
    if current.state == AssignmentState.PROPOSED:
        drop_proposals([current])
    else:
        current.to_version = version
        current.save(update_fields=["to_version"])


def _candidate(day: DayProblem, person: Person) -> Candidate:
    for candidate in day.problem.candidates:
        if candidate.person == str(person.uuid):
            return candidate
    raise Refused(
        f"{person.name} has no post here on that day and is not in the district's pool.", field="person"
    )


def _refuse_excluded(day: DayProblem, need: CoverNeed, candidate: Candidate, despite: bool) -> None:
    ranked = ranked_candidates(day, str(need.uuid))
    reasons = next(row.excluded_by for row in ranked if row.person == candidate.person)
    standing = [reason for reason in reasons if not despite or reason.code not in BENDS]
    if standing:
        raise Refused(
            f"{candidate.name} cannot take this: {'; '.join(reason.text for reason in standing)}.",
            field="person",
        )


def _kind(need: CoverNeed, candidate: Candidate, day: DayProblem) -> AssignmentKind:
    if candidate.kind == "external":
        return AssignmentKind.EXTERNAL
    if candidate.kind == "supervisor":
        return AssignmentKind.SUPERVISOR
    found = next(row for row in day.problem.needs if row.key == str(need.uuid))
    on_standby = any(span.starts <= found.starts and found.ends <= span.ends for span in candidate.standby)
    return AssignmentKind.STANDBY if on_standby else AssignmentKind.INTERNAL


def _booking_for(need: CoverNeed, candidate: Candidate, person: Person, day: DayProblem) -> Booking:
    """The person's booking for this half, or a new planned one."""
    half = day.day.half_of(need.starts_at)
    rows = Booking.objects.filter(
        school=need.school,
        person=person,
        date=need.date,
        part__in=[half, BookingPart.DAY],
        state__in=[*HOLDING, BookingState.PROPOSED],
    )
    found = rows.order_by("id").first()
    if found is not None:
        return found
    starts_at, ends_at = day.day.span_of(half)
    return Booking.objects.create(
        district_id=need.district_id,
        school=need.school,
        person=person,
        date=need.date,
        part=BookingPart(half),
        starts_at=starts_at,
        ends_at=ends_at,
        cost_cents=candidate.hire.cents(frozenset({half})) if candidate.hire else 0,
    )
