"""A school's calendar: how dates become cycle days, which days are closed, and moving the cycle on."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from schools.calendar_math import BadMappingError, DayMapping, LaidDay, check_mapping, lay_out, shifted
from schools.errors import Conflict, Refused
from schools.events import calendar_changed
from schools.models import CalendarDay, Closure, Rotation, School, User
from schools.selectors.calendar import today_at
from schools.selectors.rotations import (
    closed_dates,
    last_date_of,
    mapping_of,
    number_after,
    rotation_on,
    stretches,
)
from schools.services.audit import record

HORIZON_DAYS = 400
"""How far ahead the calendar is laid out."""
LONGEST_CLOSURE_DAYS = 366


def set_rotation(
    *,
    school: School,
    mapping: DayMapping,
    effective_from: dt.date,
    day_names: tuple[str, ...] | list[str] = (),
    actor: User | None = None,
) -> Rotation:
    """Say how dates become cycle days from a date on; days from there to the next rotation are numbered anew.

    Setting the same again changes nothing. Raises Refused for a mapping that contradicts itself.
    """
    _lock(school)
    try:
        check_mapping(mapping)
    except BadMappingError as problem:
        raise Refused(str(problem), field="weekdays") from problem
    wanted = {
        "kind": mapping.kind.value,
        "weekdays": list(mapping.weekdays),
        "weeks": mapping.weeks,
        "cycle_days": mapping.cycle_days,
        "anchor": mapping.anchor,
        "day_names": list(day_names),
    }
    rotation = Rotation.objects.filter(school=school, effective_from=effective_from).first()
    before = {name: getattr(rotation, name) for name in wanted} if rotation else dict.fromkeys(wanted)
    if rotation is None or before != wanted:
        rotation = _save_rotation(school, effective_from, wanted, rotation)
        record(
            action="rotation.set",
            subject=rotation,
            actor=actor,
            changes={
                name: (_plain(before[name]), _plain(value))
                for name, value in wanted.items()
                if before[name] != value
            },
        )
        _number_anew(school, rotation, actor)
    materialise_calendar(school=school, until=horizon_of(school, effective_from), actor=actor)
    return rotation


def materialise_calendar(*, school: School, until: dt.date, actor: User | None = None) -> int:
    """Write the days up to a date that are not there yet, and give back how many. Days that exist stay as they are."""
    _lock(school)
    existing = dict(
        CalendarDay.objects.filter(school=school, date__lte=until)
        .order_by("date")
        .values_list("date", "cycle_day")
    )
    is_closed = closed_dates(school).__contains__
    laid: list[LaidDay] = []
    for rotation, last in stretches(school, until):
        mine = {day: number for day, number in existing.items() if rotation.effective_from <= day <= last}
        laid += _missing(mapping_of(rotation), rotation.effective_from, last, mine, is_closed)
    if laid:
        CalendarDay.objects.bulk_create(_row(school, day) for day in laid)
        written = [day.date for day in laid]
        record(
            action="calendar.materialise",
            subject=school,
            actor=actor,
            changes={"days": (None, [written[0].isoformat(), written[-1].isoformat()])},
        )
        calendar_changed.tell(school, written, actor)
    return len(laid)


def horizon_of(school: School, effective_from: dt.date) -> dt.date:
    """How far a school's calendar is laid out, counted from today or from a rotation that begins later."""
    return max(effective_from, today_at(school, timezone.now())) + dt.timedelta(days=HORIZON_DAYS)


def add_closure(
    *, school: School, name: str, starts_on: dt.date, ends_on: dt.date, actor: User | None
) -> Closure:
    """Close these days; both dates are inclusive. Days that have a number keep it, and the days after keep theirs.

    The same closure a second time is the first one. Raises Refused for dates that make no sense.
    """
    _lock(school)
    if not name.strip():
        raise Refused("Say what the school is closed for.", field="name")
    if ends_on < starts_on:
        raise Refused("The last day lies before the first.", field="ends_on")
    if (ends_on - starts_on).days >= LONGEST_CLOSURE_DAYS:
        raise Refused("A closure lasts a year at most.", field="ends_on")
    same = Closure.objects.filter(
        school=school, name=name.strip(), starts_on=starts_on, ends_on=ends_on, reinstated_at__isnull=True
    ).first()
    if same is not None:
        return same
    closure = Closure.objects.create(
        district_id=school.district_id, school=school, name=name.strip(), starts_on=starts_on, ends_on=ends_on
    )
    record(
        action="closure.add",
        subject=closure,
        actor=actor,
        changes={"starts_on": (None, starts_on.isoformat()), "ends_on": (None, ends_on.isoformat())},
    )
    days = CalendarDay.objects.filter(school=school, date__range=(starts_on, ends_on), is_open=True)
    closed = list(days.values_list("date", flat=True))
    days.update(is_open=False)
    _tell(school, closed, actor)
    return closure


def reinstate_closure(*, closure: Closure, actor: User | None) -> None:
    """Hold school after all on these days, except where another closure still covers them.

    A day of a rotating cycle that never had a number gets the one that follows the day before; no other day is renumbered
    ("shift the cycle" does that). Reinstating twice changes nothing.
    """
    school = closure.school
    _lock(school)
    closure = Closure.objects.select_for_update().get(pk=closure.pk)
    if closure.reinstated_at is not None:
        return
    closure.reinstated_at = timezone.now()
    closure.save(update_fields=["reinstated_at"])
    record(action="closure.reinstate", subject=closure, actor=actor)
    still_closed = closed_dates(school)
    opened: list[CalendarDay] = []
    rows = CalendarDay.objects.filter(
        school=school, date__range=(closure.starts_on, closure.ends_on), is_open=False
    )
    for day in rows.order_by("date"):
        rotation = rotation_on(school, day.date)
        if rotation and day.date.weekday() in rotation.weekdays and day.date not in still_closed:
            day.is_open = True
            day.cycle_day = day.cycle_day or number_after(rotation, day.date)
            day.save(update_fields=["is_open", "cycle_day"])
            opened.append(day)
    _tell(school, [day.date for day in opened], actor)


def shift_cycle(
    *,
    school: School,
    from_date: dt.date,
    by: int,
    actor: User | None,
    seen: int | None = None,
    reason: str = "",
) -> int:
    """Move the cycle by so many days from a date to the next rotation, and give back how many days were renumbered.

    `seen` is the cycle day that the person saw on `from_date`: when it is no longer that one, Conflict is raised, so that a
    repeated click does not shift twice. Raises Refused where there is no cycle to shift.
    """
    _lock(school)
    rotation = rotation_on(school, from_date)
    if rotation is None:
        raise Refused("The school has no rotation on this date.", field="from_date")
    last = last_date_of(rotation)
    rows = CalendarDay.objects.filter(school=school, date__gte=from_date, cycle_day__isnull=False)
    days = list((rows.filter(date__lte=last) if last else rows).order_by("date"))
    if not days:
        raise Refused("The calendar does not reach this date.", field="from_date")
    if seen is not None and days[0].cycle_day != seen:
        raise Conflict("The cycle was shifted meanwhile.", theirs=days[0].cycle_day, yours=seen)
    if by % rotation.cycle_days == 0:
        return 0
    for day in days:
        day.cycle_day = shifted(day.cycle_day or 1, by, rotation.cycle_days)
    CalendarDay.objects.bulk_update(days, ["cycle_day"])
    record(
        action="calendar.shift",
        subject=school,
        actor=actor,
        reason=reason,
        changes={"from_date": (None, from_date.isoformat()), "by": (None, by)},
    )
    _tell(school, [day.date for day in days], actor)
    return len(days)


def _lock(school: School) -> None:
    """One change of a school's calendar at a time."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)


def _save_rotation(
    school: School, effective_from: dt.date, wanted: dict[str, Any], found: Rotation | None
) -> Rotation:
    rotation = found or Rotation(district_id=school.district_id, school=school, effective_from=effective_from)
    for name, value in wanted.items():
        setattr(rotation, name, value)
    rotation.save()
    return rotation


def _number_anew(school: School, rotation: Rotation, actor: User | None) -> None:
    """Lay out again the days that exist from a rotation's first day to the next rotation; bell variants stay."""
    last = last_date_of(rotation)
    rows = CalendarDay.objects.filter(school=school, date__gte=rotation.effective_from)
    days = list((rows.filter(date__lte=last) if last else rows).order_by("date"))
    if not days:
        return
    is_closed = closed_dates(school).__contains__
    fresh = lay_out(mapping_of(rotation), rotation.effective_from, days[-1].date, is_closed=is_closed)
    by_date = {day.date: day for day in fresh}
    changed = [day for day in days if _differs(day, by_date[day.date])]
    for day in changed:
        day.is_open, day.cycle_day = by_date[day.date].is_open, by_date[day.date].cycle_day
    CalendarDay.objects.bulk_update(changed, ["is_open", "cycle_day"])
    _tell(school, [day.date for day in changed], actor)


def _missing(
    mapping: DayMapping,
    first: dt.date,
    last: dt.date,
    existing: dict[dt.date, int | None],
    is_closed: Callable[[dt.date], bool],
) -> list[LaidDay]:
    """The days of one rotation that are not written yet: before those that exist, and after them."""
    numbered = [(day, number) for day, number in existing.items() if number is not None]
    if not numbered:
        return [day for day in lay_out(mapping, first, last, is_closed=is_closed) if day.date not in existing]
    begin, end = min(existing), max(existing)
    one_day = dt.timedelta(days=1)
    head = lay_out(mapping, first, begin - one_day, is_closed=is_closed)
    return head + lay_out(mapping, end + one_day, last, is_closed=is_closed, after=numbered[-1])


def _row(school: School, day: LaidDay) -> CalendarDay:
    return CalendarDay(
        district_id=school.district_id,
        school=school,
        date=day.date,
        is_open=day.is_open,
        cycle_day=day.cycle_day,
    )


def _differs(day: CalendarDay, laid: LaidDay) -> bool:
    return (day.is_open, day.cycle_day) != (laid.is_open, laid.cycle_day)


def _tell(school: School, changed: list[dt.date], actor: User | None) -> None:
    if changed:
        calendar_changed.tell(school, changed, actor)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
