"""The fairness account: minutes of cover done, and minutes given back."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Sum

from coverplans.models import Assignment, CreditEntry
from schools.errors import Refused
from schools.models import User
from schools.services.audit import record
from staffing.models import Post


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


def correct_credit(
    *, post: Post, date: dt.date, minutes: int, reason: str, actor: User | None
) -> CreditEntry:
    """Add (+) or take back (−) minutes of a post's account, with a reason. Raises Refused as `check_correction` does."""
    check_correction(post=post, date=date, minutes=minutes, reason=reason)
    entry = CreditEntry.objects.create(
        district_id=post.district_id,
        school_id=post.school_id,
        post=post,
        date=date,
        minutes=minutes,
        reason=reason.strip(),
        made_by=actor,
    )
    record(
        action="credit.correct",
        subject=entry,
        actor=actor,
        reason=entry.reason,
        changes={"minutes": (None, minutes)},
    )
    return entry


def check_correction(*, post: Post, date: dt.date, minutes: int, reason: str) -> None:
    """Raises Refused, naming the field, for a correction of nothing, without a reason, or outside the post's dates."""
    if not minutes:
        raise Refused("Say how many minutes: more than 0 to add, less than 0 to take back.", field="minutes")
    if not reason.strip():
        raise Refused("Say why: the reason stays with the entry.", field="reason")
    if date < post.starts_on or (post.ends_on is not None and date > post.ends_on):
        raise Refused("The post does not run on that date.", field="date")


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
