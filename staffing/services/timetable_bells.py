"""The bells of a timetable: those the school rings already are used again, others are written beside them."""

import datetime as dt
from collections import defaultdict

from django.db.models import Exists, OuterRef

from schools.models import BellSchedule, Period, School
from staffing.importers.draft import MAIN_BELL, BellDraft, Slot, TimetableDraft
from staffing.models import Lesson, Timetable

Rings = dict[tuple[int, int], tuple[str, dt.time, dt.time]]
"""Name, start and end by cycle day and number."""


def find_or_make_bells(school: School, draft: TimetableDraft, effective_from: dt.date) -> dict[Slot, int]:
    """The period id of every slot of the draft. Four statements, unless bells of this very date ring otherwise now."""
    current = _current(school, effective_from)
    periods = _periods(current)
    found: dict[Slot, int] = {}
    new: list[BellDraft] = []
    for bell in draft.bells:
        known = current.get(bell.code)
        if known is not None and _rings(periods[known.pk]) == _wanted(bell):
            found |= _slots(bell.code, periods[known.pk])
        elif known is not None and known.effective_from == effective_from and not _leave_to_later(known):
            found |= _slots(bell.code, _ring_anew(known, bell))
        else:
            new.append(bell)
    return found | _make(school, new, effective_from)


def _current(school: School, effective_from: dt.date) -> dict[str, BellSchedule]:
    """The newest schedule of each code that is not younger than the timetable."""
    bells = BellSchedule.objects.filter(school=school, variant="", effective_from__lte=effective_from)
    return {bell.code: bell for bell in bells.order_by("effective_from")}


def _periods(bells: dict[str, BellSchedule]) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = defaultdict(list)
    for period in Period.objects.filter(bell__in=list(bells.values())):
        found[period.bell_id].append(period)
    return found


def _rings(periods: list[Period]) -> Rings:
    return {
        (period.cycle_day, period.number): (period.name, period.starts, period.ends) for period in periods
    }


def _wanted(bell: BellDraft) -> Rings:
    return {
        (period.cycle_day, period.number): (period.name, period.starts, period.ends)
        for period in bell.periods
    }


def _slots(code: str, periods: list[Period]) -> dict[Slot, int]:
    return {(code, period.cycle_day, period.number): period.pk for period in periods}


def _leave_to_later(bell: BellSchedule) -> bool:
    """A later timetable that lives by these bells keeps them, from its own date on; True when there is one."""
    newest = Timetable.objects.filter(school_id=bell.school_id, effective_from__gt=bell.effective_from)
    newest = newest.order_by("effective_from", "-pk").distinct("effective_from")
    lives_by_it = Exists(Lesson.objects.filter(timetable=OuterRef("pk"), period__bell=bell))
    user = (
        Timetable.objects.filter(lives_by_it, pk__in=newest.values("pk")).order_by("effective_from").first()
    )
    if user is None:
        return False
    bell.effective_from = user.effective_from
    bell.save(update_fields=["effective_from"])
    return True


def _ring_anew(bell: BellSchedule, draft: BellDraft) -> list[Period]:
    """Change the times of a schedule that only superseded versions of the same date use.

    A period that the draft no longer has stays: lessons of those versions still name it.
    """
    return Period.objects.bulk_create(
        _rows(bell, draft),
        update_conflicts=True,
        unique_fields=["bell", "cycle_day", "number"],
        update_fields=["name", "starts", "ends"],
    )


def _make(school: School, drafts: list[BellDraft], effective_from: dt.date) -> dict[Slot, int]:
    bells = BellSchedule.objects.bulk_create(
        BellSchedule(
            district_id=school.district_id,
            school=school,
            code=draft.code,
            name="Main" if draft.code == MAIN_BELL else draft.code,
            effective_from=effective_from,
        )
        for draft in drafts
    )
    codes = {bell.pk: bell.code for bell in bells}
    periods = Period.objects.bulk_create(
        row for bell, draft in zip(bells, drafts, strict=True) for row in _rows(bell, draft)
    )
    return {(codes[period.bell_id], period.cycle_day, period.number): period.pk for period in periods}


def _rows(bell: BellSchedule, draft: BellDraft) -> list[Period]:
    return [
        Period(
            district_id=bell.district_id,
            school_id=bell.school_id,
            bell=bell,
            cycle_day=period.cycle_day,
            number=period.number,
            name=period.name,
            starts=period.starts,
            ends=period.ends,
        )
        for period in draft.periods
    ]
