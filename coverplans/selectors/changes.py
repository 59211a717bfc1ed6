"""What has changed on a day: the last hand that touched it, and the people who have not been told yet."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from coverplans.models import Assignment, CoverNeed
from schools.models import AuditEntry, School

from .day_rows import DayRows
from .texts import user_text


@dataclass(frozen=True, slots=True)
class Change:
    at: dt.datetime
    by: str


@dataclass(frozen=True, slots=True)
class Untold:
    """A person whose day changes when this is published, and how."""

    name: str
    what: str


def last_change(school: School, rows: DayRows) -> Change | None:
    """The newest entry of the record about the day's plans, needs and assignments. One query."""
    about = {
        "coverplans.assignment": [row.pk for row in rows.assignments],
        "coverplans.coverneed": [need.pk for need in rows.needs],
        "coverplans.coverplan": [plan.pk for plan in rows.plans],
    }
    wanted = Q()
    for label, keys in about.items():
        wanted |= Q(object_type=label, object_id__in=keys)
    entries = AuditEntry.objects.filter(wanted, school=school).select_related("actor__person")
    entry = entries.order_by("-at", "-id").first()
    return Change(entry.at, user_text(entry.actor)) if entry else None


def untold(rows: DayRows) -> tuple[Untold, ...]:
    """Who takes a lesson in the draft, or no longer does, and will hear of it when it is published."""
    news: dict[str, list[str]] = defaultdict(list)
    for need in rows.needs:
        if need.pk in rows.changed:
            before, after = rows.published.get(need.pk), rows.current.get(need.pk)
            _add(news, before, f"no longer {_lesson(need)}")
            _add(news, after, _lesson(need))
    return tuple(Untold(name, "; ".join(whats)) for name, whats in sorted(news.items()))


def _add(news: dict[str, list[str]], row: Assignment | None, what: str) -> None:
    if row is not None and row.person is not None:
        news[row.person.name].append(what)


def _lesson(need: CoverNeed) -> str:
    return " ".join(f"{need.sections} {need.subject or need.kind}, period {need.period_name}".split())
