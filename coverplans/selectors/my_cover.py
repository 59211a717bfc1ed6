"""What one person covers, today and in the days to come. See templates/coverplans/my_cover.html."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils import timezone

from coverplans.models import Assignment, AssignmentState, CreditEntry
from schools.models import School, Term
from schools.selectors.calendar import today_at

from .texts import span_text


@dataclass(frozen=True, slots=True)
class Duty:
    """`school_name` is "" unless the person works at several schools."""

    when: str
    period: str
    sections: str
    subject: str
    room: str
    school_name: str
    absent: str
    work: str
    is_new: bool
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Day:
    date: dt.date
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class MyCover:
    balance: str
    days: tuple[Day, ...]


def read_my_cover(*, person_id: int | None, now: dt.datetime) -> MyCover:
    """What is public of the person's own cover, in the door of that person. A draft is nobody's duty yet. Three queries."""
    if person_id is None:
        return MyCover("", ())
    schools = list(School.objects.order_by("name"))
    rows = _rows(person_id, now)
    days: dict[dt.date, list[Duty]] = defaultdict(list)
    for row in rows:
        if row.date >= today_at(row.school, now):
            days[row.date].append(_duty(row, now, several=len(schools) > 1))
    return MyCover(
        balance=_balance(person_id, timezone.localdate(now)),
        days=tuple(Day(date, tuple(duties)) for date, duties in days.items()),
    )


def _rows(person_id: int, now: dt.datetime) -> list[Assignment]:
    """Confirmed lessons, and those that were confirmed and are not needed any more."""
    rows = Assignment.objects.filter(
        person_id=person_id,
        date__gte=(now - dt.timedelta(days=1)).date(),
        confirmed_at__isnull=False,
        state__in=[AssignmentState.CONFIRMED, AssignmentState.ENDED],
    )
    found = list(rows.select_related("school", "need__absence_day__absence").order_by("starts_at", "id"))
    standing = {(row.starts_at, row.need_id) for row in found if row.state == AssignmentState.CONFIRMED}
    return [
        row
        for row in found
        if row.state == AssignmentState.CONFIRMED or (row.starts_at, row.need_id) not in standing
    ]


def _duty(row: Assignment, now: dt.datetime, *, several: bool) -> Duty:
    need, zone = row.need, row.school.zone
    absence_day = need.absence_day
    return Duty(
        when=span_text(row.starts_at, row.ends_at, zone),
        period=need.period_name,
        sections=need.sections,
        subject=need.subject or need.kind.capitalize(),
        room=need.room,
        school_name=row.school.name if several else "",
        absent=need.absent_name,
        work=absence_day.absence.note_for_cover if absence_day else "",
        is_new=row.confirmed_at is not None
        and today_at(row.school, row.confirmed_at) == today_at(row.school, now),
        is_withdrawn=row.state == AssignmentState.ENDED,
    )


def _balance(person_id: int, today: dt.date) -> str:
    """`3 lessons (2 h 30 min) covered this term.`; "" before the first one, and without a term."""
    terms = Term.objects.filter(starts_on__lte=today, ends_on__gte=today)
    since = terms.order_by("starts_on").values_list("starts_on", flat=True).first()
    if since is None:
        return ""
    found = CreditEntry.objects.filter(post__person=person_id, date__gte=since).aggregate(
        total=Sum("minutes"),
        lessons=Count("id", filter=Q(minutes__gt=0)) - Count("id", filter=Q(minutes__lt=0)),
    )
    lessons, minutes = found["lessons"], found["total"] or 0
    if lessons <= 0 or minutes <= 0:
        return ""
    hours, rest = divmod(minutes, 60)
    return (
        f"{lessons} {'lesson' if lessons == 1 else 'lessons'} ({hours} h {rest:02d} min) covered this term."
    )
