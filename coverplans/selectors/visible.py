"""What a door shows of cover. A person's own door shows what was published: a draft is nobody's news yet."""

from django.db.models import Prefetch, Q, QuerySet

from coverplans.models import Assignment, AssignmentState, Booking, BookingState, CoverNeed, Offer
from schools.tenancy.scope import current_scope


def visible_assignments(rows: "QuerySet[Assignment]") -> "QuerySet[Assignment]":
    """Without proposals, and without those that ended before anybody heard of them, in a person's own door."""
    if current_scope().kind != "self":
        return rows
    return rows.filter(
        Q(state__in=[AssignmentState.AWAITING, AssignmentState.CONFIRMED])
        | Q(state=AssignmentState.ENDED, confirmed_at__isnull=False)
    )


def visible_needs(rows: "QuerySet[CoverNeed]") -> "QuerySet[CoverNeed]":
    """With who takes them now; in a person's own door the lessons they lost and those they take. One more query."""
    takers = visible_assignments(Assignment.objects.exclude(state=AssignmentState.ENDED))
    scope = current_scope()
    if scope.kind == "self":
        own = scope.person_id or 0
        rows = rows.filter(Q(post__person_id=own) | Q(pk__in=takers.filter(person_id=own).values("need_id")))
    shown = takers.select_related("person", "booking", "into_lesson").order_by("id")
    return rows.prefetch_related(Prefetch("assignments", queryset=shown))


def visible_bookings(rows: "QuerySet[Booking]") -> "QuerySet[Booking]":
    """In a person's own door only what was offered to them."""
    if current_scope().kind != "self":
        return rows
    return rows.exclude(state=BookingState.PROPOSED).filter(pk__in=Offer.objects.values("booking_id"))
