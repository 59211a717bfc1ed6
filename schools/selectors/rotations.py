"""Questions about a school's rotations and closures: which one counts on a date, and until when."""

import datetime as dt

from schools.calendar_math import DayMapping, MappingKind, dates, shifted
from schools.models import CalendarDay, Closure, Rotation, School


def mapping_of(rotation: Rotation) -> DayMapping:
    """The rotation as the pure calendar functions take it."""
    return DayMapping(
        kind=MappingKind(rotation.kind),
        weekdays=tuple(rotation.weekdays),
        weeks=rotation.weeks,
        cycle_days=rotation.cycle_days,
        anchor=rotation.anchor,
    )


def rotation_on(school: School, date: dt.date) -> Rotation | None:
    """The rotation that counts on a date, or None before the first one."""
    return (
        Rotation.objects.filter(school=school, effective_from__lte=date).order_by("-effective_from").first()
    )


def last_date_of(rotation: Rotation) -> dt.date | None:
    """The day before the next rotation of the same school begins, or None for the newest one."""
    begins = (
        Rotation.objects.filter(school_id=rotation.school_id, effective_from__gt=rotation.effective_from)
        .order_by("effective_from")
        .values_list("effective_from", flat=True)
        .first()
    )
    return begins - dt.timedelta(days=1) if begins else None


def stretches(school: School, until: dt.date) -> list[tuple[Rotation, dt.date]]:
    """Each rotation that begins by `until`, with the last date it counts on (at most `until`), in order."""
    rotations = list(
        Rotation.objects.filter(school=school, effective_from__lte=until).order_by("effective_from")
    )
    ends = [following.effective_from - dt.timedelta(days=1) for following in rotations[1:]]
    return list(zip(rotations, [*ends, until], strict=True)) if rotations else []


def closed_dates(school: School) -> frozenset[dt.date]:
    """Every date of every closure that was not taken back."""
    closures = Closure.objects.filter(school=school, reinstated_at__isnull=True)
    return frozenset(
        day for first, last in closures.values_list("starts_on", "ends_on") for day in dates(first, last)
    )


def number_after(rotation: Rotation, date: dt.date) -> int:
    """The cycle day that follows the last numbered day before a date; 1 where there is none."""
    before = (
        CalendarDay.objects.filter(
            school_id=rotation.school_id,
            date__range=(rotation.effective_from, date - dt.timedelta(days=1)),
            cycle_day__isnull=False,
        )
        .order_by("-date")
        .values_list("cycle_day", flat=True)
        .first()
    )
    return shifted(before, 1, rotation.cycle_days) if before else 1
