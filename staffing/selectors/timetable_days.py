"""Which days a timetable will be laid on at a school."""

import datetime as dt
from dataclasses import replace

from schools.calendar_math import DayMapping, MappingKind, can_be_open, dates
from schools.models import School
from schools.selectors.rotations import mapping_of, rotation_on
from staffing.importers.days import choose_mapping
from staffing.importers.draft import TimetableDraft


def mapping_for(
    *,
    school: School,
    draft: TimetableDraft,
    effective_from: dt.date,
    weekdays: tuple[int, ...] | None = None,
    rotate: bool = False,
    anchor: dt.date | None = None,
) -> DayMapping:
    """What was asked for, and for the rest what the school does already. One query. Raises BadMappingError.

    A timetable with the days of the one before it goes on in the same cycle: a new version in a week B stays in week B, and
    day 5 is followed by day 6. Only an `anchor` starts the cycle again.
    """
    current = rotation_on(school, effective_from)
    running = mapping_of(current) if current else None
    asked = weekdays is not None or rotate
    same_cycle = running is not None and (running.weeks, running.cycle_days) == (
        draft.weeks,
        draft.cycle_days,
    )
    if running is not None and same_cycle and not asked:
        return replace(running, anchor=anchor) if anchor else running
    chosen = choose_mapping(
        days_in_week=len(draft.day_names),
        weeks=draft.weeks,
        anchor=anchor or effective_from,
        weekdays=weekdays,
        rotate=rotate,
    )
    if anchor is not None:
        return chosen
    if running is not None and replace(chosen, anchor=running.anchor) == running:
        return running
    return _from_its_first_day(chosen)


def _from_its_first_day(mapping: DayMapping) -> DayMapping:
    """Week A is the week of the first school day: a version from a Saturday on begins with A on Monday."""
    if mapping.kind is MappingKind.ROTATING:
        return mapping
    week = dates(mapping.anchor, mapping.anchor + dt.timedelta(days=6))
    return replace(mapping, anchor=next(day for day in week if can_be_open(mapping, day)))
