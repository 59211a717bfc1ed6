"""A substitute's answer to an offer: exactly one counts, whoever asks how often."""

import datetime as dt

from coverplans.models import (
    Assignment,
    AssignmentState,
    Booking,
    BookingState,
    CoverNeed,
    NeedState,
    Offer,
    OfferState,
)
from coverplans.services.locking import lock_day
from coverplans.services.release import cancel_booking, end_assignment
from schools.errors import Conflict
from schools.models import User
from schools.services.audit import record
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope


def accept_offer(*, offer: Offer, actor: User | None, now: dt.datetime) -> Offer:
    """Take the job. Accepting again is fine; accepting what was withdrawn, declined or is over raises Conflict."""
    if offer.state == OfferState.ACCEPTED:
        return offer
    with tenant(_school_of(offer)):
        return _accept(offer, actor, now)


def decline_offer(*, offer: Offer, actor: User | None, now: dt.datetime) -> Offer:
    """Turn the job down: the booking ends and its lessons are open again. Raises Conflict once it was answered otherwise."""
    if offer.state == OfferState.DECLINED:
        return offer
    with tenant(_school_of(offer)):
        return _decline(offer, actor, now)


def _school_of(offer: Offer) -> Scope:
    """An answer changes the school's day: it is worked out in the school's scope, wherever it was given."""
    return Scope.schools(offer.district_id, [offer.school_id])


def _accept(offer: Offer, actor: User | None, now: dt.datetime) -> Offer:
    booking = offer.booking
    lock_day(booking.school, booking.date)
    _answer(offer, OfferState.ACCEPTED, now)
    booking.refresh_from_db()
    booking.state, booking.answered_at = BookingState.ACCEPTED, now
    booking.save(update_fields=["state", "answered_at"])
    rows = Assignment.objects.filter(booking=booking, state=AssignmentState.AWAITING)
    needs = list(rows.values_list("need_id", flat=True))
    rows.update(state=AssignmentState.CONFIRMED, confirmed_at=now)
    CoverNeed.objects.filter(pk__in=needs, state=NeedState.OPEN).update(state=NeedState.COVERED)
    record(action="offer.accept", subject=offer, actor=actor)
    return offer


def _decline(offer: Offer, actor: User | None, now: dt.datetime) -> Offer:
    lock_day(offer.booking.school, offer.booking.date)
    _answer(offer, OfferState.DECLINED, now)
    booking = _let_go(offer, actor, "the substitute declined")
    booking.state, booking.answered_at = BookingState.DECLINED, now
    booking.save(update_fields=["state", "answered_at"])
    record(action="offer.decline", subject=offer, actor=actor)
    return offer


def expire_offer(*, offer: Offer, now: dt.datetime) -> bool:
    """Nobody answered in time: the booking ends and its lessons are open again. False when it was answered after all."""
    lock_day(offer.booking.school, offer.booking.date)
    expired = Offer.objects.filter(pk=offer.pk, state=OfferState.SENT, expires_at__lt=now).update(
        state=OfferState.EXPIRED
    )
    if not expired:
        return False
    _let_go(offer, None, "the offer expired")
    record(action="offer.expire", subject=offer, actor=None)
    return True


def _let_go(offer: Offer, actor: User | None, why: str) -> Booking:
    """End the booking of an offer with everything in it."""
    booking: Booking = offer.booking
    rows = Assignment.objects.filter(booking=booking).exclude(state=AssignmentState.ENDED)
    for row in rows.select_related("need", "hold"):
        row.booking = booking
        end_assignment(assignment=row, actor=actor, why=why)
    booking.refresh_from_db()
    if booking.state != BookingState.CANCELLED:
        cancel_booking(booking=booking, actor=actor, why=why)
    return booking


def _answer(offer: Offer, state: OfferState, now: dt.datetime) -> None:
    """Compare and set: only an offer that still waits, and is not over, can be answered."""
    changed = Offer.objects.filter(pk=offer.pk, state=OfferState.SENT, expires_at__gte=now).update(
        state=state, answered_at=now
    )
    offer.refresh_from_db()
    if not changed:
        raise Conflict(
            "This offer is not open any more.", theirs=offer.get_state_display(), yours=state.label
        )
