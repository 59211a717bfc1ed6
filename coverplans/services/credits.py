"""The fairness account: minutes of cover done, and minutes given back."""

from collections.abc import Iterable

from django.db.models import Sum

from coverplans.models import Assignment, CreditEntry
from schools.models import User


def minutes_of(assignment: Assignment) -> int:
    return int((assignment.ends_at - assignment.starts_at).total_seconds() // 60)


def credit_all(*, assignments: Iterable[Assignment], reason: str, actor: User | None) -> None:
    """Credit colleagues for covers that are now public. Whatever the assignment already has is not credited again."""
    rows = [row for row in assignments if row.post_id is not None]
    given = dict(
        CreditEntry.objects.filter(assignment__in=[row.pk for row in rows])
        .values_list("assignment_id")
        .annotate(total=Sum("minutes"))
    )
    CreditEntry.objects.bulk_create(
        _entry(row, minutes_of(row) - given.get(row.pk, 0), reason, actor)
        for row in rows
        if minutes_of(row) != given.get(row.pk, 0)
    )


def give_back(*, assignment: Assignment, reason: str, actor: User | None) -> None:
    """Take back what was credited for an assignment that does not happen."""
    given = CreditEntry.objects.filter(assignment=assignment).aggregate(total=Sum("minutes"))["total"] or 0
    if given:
        _entry(assignment, -given, reason, actor).save()


def _entry(assignment: Assignment, minutes: int, reason: str, actor: User | None) -> CreditEntry:
    if assignment.post_id is None:
        raise ValueError("only a colleague's cover is credited; a substitute is paid")
    return CreditEntry(
        district_id=assignment.district_id,
        school_id=assignment.school_id,
        post_id=assignment.post_id,
        date=assignment.date,
        minutes=minutes,
        assignment=assignment,
        reason=reason[:200],
        made_by=actor,
    )
