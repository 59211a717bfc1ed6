"""Takes a publication back: the day is as it was before, and the plan is a draft again."""

import datetime as dt
import uuid

from coverplans.models import (
    Assignment,
    AssignmentKind,
    AssignmentState,
    Booking,
    BookingState,
    CoverNeed,
    CoverPlan,
    NeedState,
    Offer,
    OfferState,
    PlanState,
)
from coverplans.models.assignment import BY_COLLEAGUE
from coverplans.services.credits import credit_all, give_back
from coverplans.services.drafts import draft_plan, published_plan, refuse_unseen
from coverplans.services.locking import lock_day
from coverplans.services.publish import hold_colleagues
from coverplans.services.tell import tell_people
from schools.errors import Conflict, Refused
from schools.models import School, User
from schools.selectors.settings import settings_of
from schools.services.audit import record
from schools.settings_registry import UNDO_MINUTES
from staffing.models import HoldKind, PersonHold


def undo_until(school: School, plan: CoverPlan) -> dt.datetime | None:
    """Until when a published plan can be taken back, or None for one that was never published."""
    return (
        plan.published_at + dt.timedelta(minutes=settings_of(school)[UNDO_MINUTES])
        if plan.published_at
        else None
    )


def undo_publish(
    *, school: School, date: dt.date, actor: User | None, now: dt.datetime, seen: uuid.UUID | None = None
) -> CoverPlan:
    """Make the published plan a draft again.

    What it had made public becomes a proposal again: holds and credits are given back, offers nobody has answered are
    withdrawn, the people are told. A substitute who has accepted keeps the booking. Colleagues whom the publication had
    replaced have their lessons back, unless they are absent or held elsewhere by now. Raises Conflict when nothing is
    published or a newer draft exists, and Refused when the time for it is over.
    """
    lock_day(school, date)
    plan = published_plan(school, date)
    if plan is None:
        raise Conflict("Nothing is published for this day.")
    refuse_unseen(plan, seen)
    if draft_plan(school, date) is not None:
        raise Conflict("There are changes that are not published yet. Publish or drop them first.")
    until = undo_until(school, plan)
    if until is None or now > until:
        raise Refused("The plan was published too long ago to take it back. Change single lessons instead.")
    rows = _public_rows(school, date, plan)
    _take_back(rows, actor)
    plan.state, plan.published_at, plan.published_by = PlanState.DRAFT, None, None
    plan.save(update_fields=["state", "published_at", "published_by", "changed_at"])
    _revive_predecessor(school, date, plan)
    _revive_replaced(school, date, plan, actor, now)
    record(action="plan.undo_publish", subject=plan, actor=actor)
    return plan


def _public_rows(school: School, date: dt.date, plan: CoverPlan) -> list[Assignment]:
    """What this publication made public: rows since the version before it, except those a substitute accepted."""
    before = _predecessor(school, date, plan)
    rows = (
        Assignment.objects.filter(
            school=school,
            date=date,
            to_version__isnull=True,
            from_version__gt=before.version if before else 0,
            state__in=[AssignmentState.CONFIRMED, AssignmentState.AWAITING],
        )
        .select_related("need", "booking", "hold", "person")
        .order_by("id")
    )
    return [row for row in rows if row.booking is None or row.booking.state == BookingState.OFFERED]


def _take_back(rows: list[Assignment], actor: User | None) -> None:
    told = [row for row in rows if row.kind in BY_COLLEAGUE]
    for row in told:
        give_back(assignment=row, reason="publication taken back", actor=actor)
    holds = [row.hold_id for row in rows if row.hold_id] + _unoffer(
        [row.booking for row in rows if row.booking]
    )
    for row in rows:
        row.state, row.hold, row.confirmed_at = AssignmentState.PROPOSED, None, None
    Assignment.objects.bulk_update(rows, ["state", "hold", "confirmed_at"])
    CoverNeed.objects.filter(pk__in=[row.need_id for row in rows], state=NeedState.COVERED).update(
        state=NeedState.OPEN
    )
    PersonHold.objects.filter(pk__in=holds).delete()
    tell_people(assignments=told, topic="cover.withdrawn", version=0)


def _unoffer(bookings: list[Booking]) -> list[int]:
    """Bookings back to planned; the keys of the holds they owned."""
    unique = {booking.pk: booking for booking in bookings}
    holds = [booking.hold_id for booking in unique.values() if booking.hold_id]
    Booking.objects.filter(pk__in=unique).update(state=BookingState.PROPOSED, hold=None)
    Offer.objects.filter(booking__in=unique, state=OfferState.SENT).update(state=OfferState.WITHDRAWN)
    return holds


def _predecessor(school: School, date: dt.date, plan: CoverPlan) -> CoverPlan | None:
    older = CoverPlan.objects.filter(
        school=school, date=date, state=PlanState.SUPERSEDED, version__lt=plan.version
    )
    return older.order_by("-version").first()


def _revive_predecessor(school: School, date: dt.date, plan: CoverPlan) -> None:
    before = _predecessor(school, date, plan)
    if before is not None:
        before.state = PlanState.PUBLISHED
        before.save(update_fields=["state"])


def _revive_replaced(
    school: School, date: dt.date, plan: CoverPlan, actor: User | None, now: dt.datetime
) -> None:
    """Colleagues and measures that this publication had ended count again in the version before it."""
    rows = [
        row
        for row in Assignment.objects.filter(school=school, date=date, replaced_in=plan.version)
        .exclude(kind=AssignmentKind.EXTERNAL)
        .filter(need__state=NeedState.OPEN)
        .select_related("need")
        .order_by("id")
        if not _is_absent(row)
    ]
    lost = hold_colleagues(rows)
    kept = [row for row in rows if row.pk not in lost]
    for row in kept:
        row.state, row.replaced_in, row.confirmed_at = AssignmentState.CONFIRMED, None, now
    Assignment.objects.bulk_update(kept, ["state", "replaced_in", "confirmed_at", "hold"])
    CoverNeed.objects.filter(pk__in=[row.need_id for row in kept]).update(state=NeedState.COVERED)
    again = [row for row in kept if row.kind in BY_COLLEAGUE]
    credit_all(assignments=again, reason="publication taken back", actor=actor)
    tell_people(assignments=again, topic="cover.assigned", version=plan.version)


def _is_absent(row: Assignment) -> bool:
    return PersonHold.objects.filter(
        person=row.person_id, kind=HoldKind.UNAVAILABLE, starts_at__lt=row.ends_at, ends_at__gt=row.starts_at
    ).exists()
