"""Makes a draft public: holds are taken, colleagues confirmed, substitutes offered their bookings, people told.

Holds decide between schools. Whoever was faster keeps the person; the loser's needs are solved again at once.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from coverplans.models import (
    Assignment,
    AssignmentState,
    Booking,
    BookingState,
    CoverNeed,
    CoverPlan,
    NeedState,
    Offer,
    PlanState,
)
from coverplans.models.assignment import BY_COLLEAGUE
from coverplans.services.credits import credit_all
from coverplans.services.drafts import draft_plan, published_plan, refuse_unseen
from coverplans.services.locking import lock_day
from coverplans.services.plan_day import plan_day
from coverplans.services.release import end_assignment
from coverplans.services.tell import tell_offer, tell_people
from schools.errors import Conflict
from schools.models import School, User
from schools.services.audit import record
from schools.tenancy.door import inside_door, tenant
from schools.tenancy.once_more import once_more
from schools.tenancy.scope import Scope
from staffing.models import HoldKind, PersonHold


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: the plan, how many people hear of it (colleagues, and substitutes who are offered a job), and the
    needs another school was faster for."""

    plan: CoverPlan
    told: int
    lost: tuple[CoverNeed, ...]


def publish_day(
    *,
    scope: Scope,
    school_slug: str,
    date: dt.date,
    actor: User | None,
    now: dt.datetime,
    seen: UUID | None = None,
) -> Published:
    """Publish the draft of a day, and plan again for what was lost to other schools. Opens its own doors.

    Raises Conflict when there is nothing to publish, or another draft than `seen`.
    """
    if inside_door():
        raise RuntimeError("publishing may have to plan again, which opens its own doors")

    @once_more
    def in_its_door() -> Published:
        with tenant(scope):
            school = School.objects.get(slug=school_slug)
            return publish(school=school, date=date, actor=actor, now=now, seen=seen)

    result = in_its_door()
    if result.lost:
        plan_day(scope=scope, school_slug=school_slug, date=date, actor=actor, now=now)
    return result


def publish(
    *, school: School, date: dt.date, actor: User | None, now: dt.datetime, seen: UUID | None = None
) -> Published:
    """Publish the draft inside the running transaction. Raises Conflict as `publish_day` does."""
    lock_day(school, date)
    draft = draft_plan(school, date)
    if draft is None:
        raise Conflict("There is nothing to publish: plan the day or change something first.")
    refuse_unseen(draft, seen)
    _end_replaced(school, date, draft, actor)
    fresh = list(
        Assignment.objects.filter(
            school=school, date=date, to_version__isnull=True, state=AssignmentState.PROPOSED
        )
        .select_related("need", "person", "booking")
        .order_by("id")
    )
    lost = _offer_bookings(fresh, now) | hold_colleagues(fresh)
    kept = [row for row in fresh if row.pk not in lost]
    _confirm(kept, now)
    _give_up([row for row in fresh if row.pk in lost], draft.version)
    _make_current(school, date, draft, actor, now)
    credit_all(
        assignments=[row for row in kept if row.kind in BY_COLLEAGUE], reason="cover published", actor=actor
    )
    told = [row for row in kept if row.kind in BY_COLLEAGUE]
    tell_people(assignments=told, topic="cover.assigned", version=draft.version)
    record(action="plan.publish", subject=draft, actor=actor, changes={"assignments": (None, len(kept))})
    return Published(
        draft,
        len({row.person_id for row in kept if row.person_id}),
        tuple(row.need for row in fresh if row.pk in lost),
    )


def _end_replaced(school: School, date: dt.date, draft: CoverPlan, actor: User | None) -> None:
    """Public rows that the draft closed end now: their people are free before anybody else is held."""
    rows = (
        Assignment.objects.filter(school=school, date=date, to_version__lte=draft.version)
        .exclude(state__in=[AssignmentState.ENDED, AssignmentState.PROPOSED])
        .select_related("need", "hold", "booking")
    )
    for row in rows:
        end_assignment(assignment=row, actor=actor, why="replaced in a newer plan")
        row.replaced_in = draft.version
        row.save(update_fields=["replaced_in"])
        if row.need.state == NeedState.COVERED:
            row.need.state = NeedState.OPEN
            row.need.save(update_fields=["state"])


def hold_colleagues(fresh: list[Assignment]) -> set[int]:
    """Take a hold for every colleague's assignment; the keys of those whose person another school already holds."""
    rows = {row.uuid: row for row in fresh if row.kind in BY_COLLEAGUE}
    held = _take_holds(
        [
            PersonHold(
                district_id=row.district_id,
                person_id=row.person_id,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                kind=HoldKind.ASSIGNMENT,
                owner=row.uuid,
            )
            for row in rows.values()
            if row.person_id is not None
        ]
    )
    for uuid, row in rows.items():
        row.hold = held.get(uuid)
    return {row.pk for row in rows.values() if row.hold is None}


def _take_holds(holds: list[PersonHold]) -> dict[UUID, PersonHold]:
    """Insert holds and say which were taken, by owner. The exclusion constraint decides, also against transactions that
    commit only now: the insert waits for them."""
    PersonHold.objects.bulk_create(
        sorted(holds, key=lambda hold: (hold.person_id, hold.starts_at)), ignore_conflicts=True
    )
    found = PersonHold.objects.filter(owner__in=[hold.owner for hold in holds])
    return {hold.owner: hold for hold in found}


def _offer_bookings(fresh: list[Assignment], now: dt.datetime) -> set[int]:
    """Hold and offer each planned booking; the keys of assignments whose substitute another school already holds."""
    planned = {
        row.booking.uuid: row.booking
        for row in fresh
        if row.booking and row.booking.state == BookingState.PROPOSED
    }
    held = _take_holds(
        [
            PersonHold(
                district_id=booking.district_id,
                person_id=booking.person_id,
                starts_at=booking.starts_at,
                ends_at=booking.ends_at,
                kind=HoldKind.BOOKING,
                owner=booking.uuid,
            )
            for booking in planned.values()
        ]
    )
    for uuid, booking in planned.items():
        booking.hold = held.get(uuid)
        booking.state = BookingState.OFFERED if booking.hold else BookingState.CANCELLED
        booking.save(update_fields=["hold", "state"])
        if booking.hold:
            _send_offer(booking, now)
    refused = {booking.pk for booking in planned.values() if booking.hold is None}
    return {row.pk for row in fresh if row.booking_id in refused}


def _send_offer(booking: Booking, now: dt.datetime) -> None:
    Offer.objects.create(
        district_id=booking.district_id,
        school_id=booking.school_id,
        booking=booking,
        person_id=booking.person_id,
        sent_at=now,
        expires_at=max(booking.starts_at, now),
    )
    tell_offer(booking=booking)


def _confirm(rows: list[Assignment], now: dt.datetime) -> None:
    """Colleagues and measures are certain from here on; a substitute only once the booking is accepted."""
    for row in rows:
        accepted = row.booking is not None and row.booking.state in (
            BookingState.ACCEPTED,
            BookingState.WORKED,
        )
        awaits = row.kind == "external" and not accepted
        row.state = AssignmentState.AWAITING if awaits else AssignmentState.CONFIRMED
        row.confirmed_at = None if awaits else now
    Assignment.objects.bulk_update(rows, ["state", "confirmed_at", "hold"])
    covered = [row.need_id for row in rows if row.state == AssignmentState.CONFIRMED]
    CoverNeed.objects.filter(pk__in=covered, state=NeedState.OPEN).update(state=NeedState.COVERED)


def _give_up(rows: list[Assignment], version: int) -> None:
    """What another school was faster for ends; the needs stay open and are planned again."""
    for row in rows:
        row.state, row.to_version = AssignmentState.ENDED, max(version, row.from_version)
    Assignment.objects.bulk_update(rows, ["state", "to_version"])


def _make_current(
    school: School, date: dt.date, draft: CoverPlan, actor: User | None, now: dt.datetime
) -> None:
    before = published_plan(school, date)
    if before is not None:
        before.state = PlanState.SUPERSEDED
        before.save(update_fields=["state"])
    draft.state, draft.published_at, draft.published_by = PlanState.PUBLISHED, now, actor
    draft.save(update_fields=["state", "published_at", "published_by", "changed_at"])
