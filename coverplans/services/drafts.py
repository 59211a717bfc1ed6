"""Versions of a day's plan: opening a draft, dropping one, and what belongs to which version.

An assignment belongs to version v when `from_version ≤ v` and (`to_version` is empty or v < `to_version`).
"""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import F, Max, QuerySet

from coverplans.models import (
    Assignment,
    AssignmentState,
    Booking,
    BookingState,
    CoverPlan,
    CreditEntry,
    PlanState,
)
from coverplans.services.locking import lock_day
from schools.errors import Conflict
from schools.models import School, User
from schools.services.audit import record


def published_plan(school: School, date: dt.date) -> CoverPlan | None:
    return CoverPlan.objects.filter(school=school, date=date, state=PlanState.PUBLISHED).first()


def draft_plan(school: School, date: dt.date) -> CoverPlan | None:
    return CoverPlan.objects.filter(school=school, date=date, state=PlanState.DRAFT).first()


def new_version(school: School, date: dt.date, actor: User | None) -> CoverPlan:
    """The next draft. An older draft is discarded: its rows stay and count for the new one until they are replaced."""
    CoverPlan.objects.filter(school=school, date=date, state=PlanState.DRAFT).update(
        state=PlanState.DISCARDED
    )
    newest = CoverPlan.objects.filter(school=school, date=date).aggregate(found=Max("version"))["found"] or 0
    return CoverPlan.objects.create(
        district_id=school.district_id, school=school, date=date, version=newest + 1, made_by=actor
    )


def ensure_draft(school: School, date: dt.date, actor: User | None) -> CoverPlan:
    """The draft to change by hand: the one there is, or a new version on top of what is published."""
    return draft_plan(school, date) or new_version(school, date, actor)


def refuse_unseen(found: CoverPlan, seen: uuid.UUID | None) -> None:
    """Raises Conflict when the caller named a version, and it is not the one that is there now."""
    if seen is not None and found.uuid != seen:
        theirs = f"version {found.version}, {found.get_state_display()}"
        raise Conflict("There is a newer version of this day.", theirs=theirs, yours=str(seen))


def discard_draft(
    *, school: School, date: dt.date, actor: User | None, seen: uuid.UUID | None = None
) -> None:
    """Drop what was not published yet: the day is again as published.

    Raises Conflict when there is no draft, or another one than `seen`.
    """
    lock_day(school, date)
    draft = draft_plan(school, date)
    if draft is None:
        raise Conflict("There is nothing to drop: everything is published.")
    refuse_unseen(draft, seen)
    published = published_plan(school, date)
    version = published.version if published else 0
    drop_proposals(
        Assignment.objects.filter(
            school=school, date=date, from_version__gt=version, state=AssignmentState.PROPOSED
        )
    )
    reopen(
        Assignment.objects.filter(school=school, date=date, from_version__lte=version, to_version__gt=version)
    )
    draft.state = PlanState.DISCARDED
    draft.save(update_fields=["state"])
    record(action="plan.discard", subject=draft, actor=actor)


def drop_proposals(rows: Iterable[Assignment]) -> None:
    """Take proposals off, and planned bookings in which nothing is left."""
    dropped = list(rows)
    take_off(dropped)
    drop_empty_proposals([row.booking_id for row in dropped if row.booking_id])


def take_off(proposals: list[Assignment]) -> None:
    """Delete what was never public. What was, and was taken back, has credits that name it: it ends."""
    keys = {row.pk for row in proposals}
    credited = CreditEntry.objects.filter(assignment__in=keys).values_list("assignment_id", flat=True)
    was_public = set(credited) if keys else set()
    Assignment.objects.filter(pk__in=was_public).update(
        state=AssignmentState.ENDED, to_version=F("from_version")
    )
    Assignment.objects.filter(pk__in=keys - was_public).delete()


def drop_empty_proposals(booking_ids: list[int]) -> None:
    """Take merely planned bookings off in which no assignment is left: deleted, or cancelled where one was offered before."""
    empty = Booking.objects.filter(pk__in=booking_ids, state=BookingState.PROPOSED, assignments__isnull=True)
    keys = list(empty.values_list("pk", flat=True))
    Booking.objects.filter(pk__in=keys, offers__isnull=False).update(state=BookingState.CANCELLED)
    Booking.objects.filter(pk__in=keys, state=BookingState.PROPOSED).delete()


def reopen(rows: "QuerySet[Assignment]") -> None:
    """Let rows that a draft had closed run on."""
    rows.exclude(state=AssignmentState.ENDED).update(to_version=None)
