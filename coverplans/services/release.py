"""Takes a person or a measure off a need, with everything that hangs on it: hold, credit, booking, offer."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from absences.models import AbsenceDay
from coverplans.models import (
    Assignment,
    AssignmentState,
    Booking,
    BookingState,
    CoverNeed,
    CoverPlan,
    NeedState,
    Offer,
    OfferState,
)
from coverplans.models.assignment import BY_COLLEAGUE
from coverplans.services.credits import give_back
from coverplans.services.tell import tell_person
from schools.models import School, User
from schools.services.audit import record
from staffing.models import PersonHold


def release_need(*, need: CoverNeed, actor: User | None, why: str) -> None:
    """The need is not to be covered any more: whoever was to take it is free again, and is told if it was published."""
    for assignment in (
        Assignment.objects.filter(need=need)
        .exclude(state=AssignmentState.ENDED)
        .select_related("hold", "booking")
    ):
        end_assignment(assignment=assignment, actor=actor, why=why)


def release_people(
    *, school: School, date: dt.date, absent: dict[int, AbsenceDay], actor: User | None
) -> None:
    """Whoever is absent covers nobody: their assignments in this school end and the needs are open again."""
    rows = (
        Assignment.objects.filter(school=school, date=date, person__in=list(absent))
        .exclude(state=AssignmentState.ENDED)
        .select_related("need", "hold", "booking")
    )
    for row in rows:
        if row.person_id is None or not _meets(row, absent[row.person_id]):
            continue
        end_assignment(assignment=row, actor=actor, why="who was to cover is absent")
        if row.need.state == NeedState.COVERED:
            row.need.state = NeedState.OPEN
            row.need.save(update_fields=["state"])


def _meets(assignment: Assignment, day: AbsenceDay) -> bool:
    if day.kind == "periods":
        return assignment.need.period_number in day.periods
    return assignment.starts_at < day.ends_at and day.starts_at < assignment.ends_at


def end_assignment(*, assignment: Assignment, actor: User | None, why: str) -> None:
    """End one assignment now, in the draft and in what is published."""
    was_public = assignment.state in (AssignmentState.CONFIRMED, AssignmentState.AWAITING)
    if assignment.state == AssignmentState.CONFIRMED and assignment.kind in BY_COLLEAGUE:
        give_back(assignment=assignment, reason=why, actor=actor)
    hold, booking = assignment.hold, assignment.booking
    assignment.state, assignment.hold = AssignmentState.ENDED, None
    if assignment.to_version is None:
        assignment.to_version = latest_version(assignment)
    assignment.save(update_fields=["state", "hold", "to_version"])
    if hold is not None:
        hold.delete()
    if booking is not None:
        drop_empty_booking(booking=booking, actor=actor, why=why)
    record(action="assignment.end", subject=assignment, actor=actor, reason=why)
    if was_public and assignment.person_id is not None:
        tell_person(
            school_id=assignment.school_id,
            district_id=assignment.district_id,
            assignment=assignment,
            topic="cover.withdrawn",
        )


def latest_version(assignment: Assignment) -> int:
    """The newest version of the day's plan: from it on the assignment counts no more."""
    plans = CoverPlan.objects.filter(school_id=assignment.school_id, date=assignment.date)
    newest = plans.order_by("-version").values_list("version", flat=True).first()
    return max(newest or 0, assignment.from_version)


def drop_empty_booking(*, booking: Booking, actor: User | None, why: str) -> None:
    """Cancel a booking in which no lesson is left; a merely planned one is deleted.

    A substitute who has accepted keeps the booking: it is paid for, and the manager decides.
    """
    if Assignment.objects.filter(booking=booking).exclude(state=AssignmentState.ENDED).exists():
        return
    if booking.state == BookingState.OFFERED:
        cancel_booking(booking=booking, actor=actor, why=why)
    elif booking.state == BookingState.PROPOSED:
        Booking.objects.filter(Q(pk=booking.pk), state=BookingState.PROPOSED).update(
            state=BookingState.CANCELLED
        )


def cancel_booking(*, booking: Booking, actor: User | None, why: str) -> None:
    """Withdraw a booking and its offers, and free the person's time."""
    hold_id = booking.hold_id
    booking.state, booking.hold = BookingState.CANCELLED, None
    booking.save(update_fields=["state", "hold"])
    Offer.objects.filter(booking=booking, state=OfferState.SENT).update(
        state=OfferState.WITHDRAWN, answered_at=timezone.now()
    )
    if hold_id is not None:
        PersonHold.objects.filter(pk=hold_id).delete()
    record(action="booking.cancel", subject=booking, actor=actor, reason=why)
