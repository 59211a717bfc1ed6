"""Lists of absences: the own ones, and a school's."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from absences.models import Absence, AbsenceDay
from absences.selectors.deadline import change_until
from absences.selectors.lost import lost_by
from absences.transitions import ACTIVE, OPEN, PENDING
from schools.models import School
from schools.selectors.settings import settings_of
from schools.settings_registry import CHANGE_UNTIL_MINUTES

PAGE = 20


@dataclass(frozen=True, slots=True)
class Openings:
    """What the absentee may still do: `until` is None where nothing can be taken back whole any more."""

    until: dt.datetime | None
    can_come_back: bool


def with_all() -> QuerySet[Absence]:
    """Absences with everything a page or the API shows of them: one query, and one for the days."""
    days = Prefetch("days", AbsenceDay.objects.order_by("date"))
    return Absence.objects.select_related(
        "post__school", "post__person", "reason", "school"
    ).prefetch_related(days)


def coming_absences(person_id: int, today: dt.date) -> list[Absence]:
    """The person's standing absences that are not over, the next one first. Two queries."""
    rows = with_all().filter(post__person=person_id, state__in=OPEN, ends_on__gte=today)
    return list(rows.order_by("starts_on", "pk"))


def past_absences(person_id: int, today: dt.date, *, before: Absence | None = None) -> list[Absence]:
    """The person's other absences, the latest first, one page and one more row. Two queries."""
    rows = with_all().filter(Q(ends_on__lt=today) | ~Q(state__in=OPEN), post__person=person_id)
    if before is not None:
        rows = rows.filter(
            Q(starts_on__lt=before.starts_on) | Q(starts_on=before.starts_on, pk__lt=before.pk)
        )
    return list(rows.order_by("-starts_on", "-pk")[: PAGE + 1])


def openings_of(absences: Sequence[Absence], now: dt.datetime) -> dict[int, Openings]:
    """Absence key → what its absentee may still do. Five queries, and two per school."""
    lost = lost_by(absences)
    schools = {absence.school_id: absence.post.school for absence in absences}
    minutes = {key: settings_of(school)[CHANGE_UNTIL_MINUTES] for key, school in schools.items()}
    found = {}
    for absence in absences:
        before = dt.timedelta(minutes=minutes[absence.school_id])
        lessons = lost.get(absence.pk, [])
        limit = change_until(absence, lessons, minutes=minutes[absence.school_id])
        until = limit if absence.state in OPEN and now <= limit else None
        rest_ahead = any(now <= lesson.starts_at - before for lesson in lessons)
        found[absence.pk] = Openings(until, until is None and absence.state == ACTIVE and rest_ahead)
    return found


def absences_on(school: School, date: dt.date) -> list[Absence]:
    """Active absences of a school that touch a date, by name. Two queries."""
    rows = with_all().filter(school=school, state=ACTIVE, starts_on__lte=date, ends_on__gte=date)
    return list(rows.order_by("post__person__name", "pk"))


def waiting_absences(school: School) -> list[Absence]:
    """Absences that wait for approval, the earliest first. Two queries."""
    return list(with_all().filter(school=school, state=PENDING).order_by("starts_on", "pk"))
