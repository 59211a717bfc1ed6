"""The day on paper: what is published, period by period. See templates/coverplans/day_sheet.html."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from absences.models import AbsenceDay, AbsenceState
from absences.words import moment_text
from coverplans.models import Assignment, CoverNeed, NeedState, PlanState, WhyNotRequired
from schools.models import School
from schools.selectors.calendar import today_at

from .cells import state_of, who_of
from .day_rows import DayRows, Taker, read_day_rows, taker
from .days import day_words
from .texts import away_text, span_text


@dataclass(frozen=True, slots=True)
class Absent:
    name: str
    away: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    sections: str
    subject: str
    room: str
    when: str
    own_times: bool
    absent: str
    state: str
    measure: str
    who: str
    work_is_ready: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One period with its lessons."""

    period: str
    when: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    school: School
    date: dt.date
    iso: str
    day_note: str
    version: int | None
    published_at: str
    absent: tuple[Absent, ...]
    groups: tuple[Group, ...]
    only_new: bool


def read_sheet(*, school: School, date: dt.date, now: dt.datetime, only_new: bool) -> Sheet:
    """What is published; before the first publication, the draft. A fixed number of queries.

    Lessons that need nobody because a colleague teaches them anyway are not on the sheet; those that the manager waived are.
    """
    rows = read_day_rows(school, date)
    plan, days = rows.published_plan, _away(school, date)
    takers = rows.published if plan else rows.current
    before = _takers_before(school, date, rows)
    left = {day.post_id for day in days if day.absence.note_for_cover}
    groups: dict[int, list[tuple[CoverNeed, bool]]] = defaultdict(list)
    for need in rows.needs:
        is_new = before is not None and before.get(need.pk) != taker(takers.get(need.pk))
        if _is_listed(need) and (is_new or not only_new):
            groups[need.period_number].append((need, is_new))
    return Sheet(
        school=school,
        date=date,
        iso=date.isoformat(),
        day_note=day_words(school, date).note,
        version=plan.version if plan else None,
        published_at=moment_text(plan.published_at, school.zone, today_at(school, now))
        if plan and plan.published_at
        else "",
        absent=_absent(days),
        groups=tuple(_group(found, takers, rows.classes, left, school) for found in groups.values()),
        only_new=only_new,
    )


def _is_listed(need: CoverNeed) -> bool:
    return need.state != NeedState.NOT_REQUIRED or need.why_not_required == WhyNotRequired.WAIVED


def _takers_before(school: School, date: dt.date, rows: DayRows) -> dict[int, Taker | None] | None:
    """Need → its taker in the version that was public before, or None when there was none. One query then."""
    older = [plan.version for plan in rows.plans if plan.state == PlanState.SUPERSEDED]
    if rows.published_plan is None or not older:
        return None
    runs_on = Q(to_version__isnull=True) | Q(to_version__gt=older[-1])
    found = Assignment.objects.filter(runs_on, school=school, date=date, from_version__lte=older[-1])
    return {row.need_id: taker(row) for row in found}


def _group(
    found: list[tuple[CoverNeed, bool]],
    takers: dict[int, Assignment],
    classes: dict[int, str],
    left: set[int],
    school: School,
) -> Group:
    first = found[0][0]
    usual = span_text(first.starts_at, first.ends_at, school.zone)
    rows = []
    for need, is_new in found:
        row, when = takers.get(need.pk), span_text(need.starts_at, need.ends_at, school.zone)
        state, measure = state_of(need, row)
        rows.append(
            SheetRow(
                sections=need.sections,
                subject=need.subject or need.kind.capitalize(),
                room=need.room,
                when=when,
                own_times=when != usual,
                absent=need.absent_name,
                state=state,
                measure=measure,
                who=who_of(row, classes) if state != "not_required" else "",
                work_is_ready=need.post_id in left,
                is_new=is_new,
            )
        )
    return Group(first.period_name, usual, tuple(rows))


def _away(school: School, date: dt.date) -> list[AbsenceDay]:
    rows = AbsenceDay.objects.filter(school=school, date=date, absence__state=AbsenceState.ACTIVE)
    return list(rows.select_related("absence", "post__person").order_by("post__person__name", "starts_at"))


def _absent(days: list[AbsenceDay]) -> tuple[Absent, ...]:
    by_post: dict[int, list[AbsenceDay]] = defaultdict(list)
    for day in days:
        by_post[day.post_id].append(day)
    return tuple(Absent(found[0].post.person.name, away_text(found)) for found in by_post.values())
