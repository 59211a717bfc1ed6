"""Change an absence: other dates or times, or back early. Only the difference moves."""

import datetime as dt
from collections.abc import Sequence

from absences.days import DaySpan, Extent
from absences.hooks import absence_changed
from absences.models import Absence, AbsenceState
from absences.selectors.clocks import read_clocks
from absences.selectors.deadline import change_until
from absences.selectors.early import spans_until
from absences.selectors.effect import effect_of
from absences.selectors.spans import spans_for
from absences.transitions import check_changeable
from absences.words import moment_text
from schools.errors import Refused
from schools.models import User
from schools.selectors.calendar import today_at
from schools.selectors.settings import settings_of
from schools.services.audit import record
from schools.settings_registry import CHANGE_UNTIL_MINUTES

from .report import NOTHING_CHOSEN
from .rows import announce_absence, lock_absence, write_days, write_holds


def change_absence(
    *,
    absence: Absence,
    start_date: dt.date,
    end_date: dt.date,
    actor: User | None,
    now: dt.datetime,
    start_time: dt.time | None = None,
    end_time: dt.time | None = None,
    periods: Sequence[int] | None = None,
    is_own: bool = False,
) -> Absence:
    """Give an absence other dates, times or periods, read as in `report_absence`.

    Days that stay as they were keep their rows. With `is_own`, lessons may be taken back only until the school's limit before
    they begin; more may be added at any time. Raises Refused, naming the field.
    """
    absence, post = lock_absence(absence)
    check_changeable(absence.state)
    if periods is not None and not periods:
        raise Refused(NOTHING_CHOSEN, field="periods")
    extent = Extent(start_date, end_date, start_time, end_time, tuple(periods or ()))
    spans = spans_for(post, extent, now=now, is_own=is_own, but=absence)
    if is_own:
        check_in_time(absence, spans, now)
    return _moved(absence, spans, (start_date, end_date), "absence.change", actor)


def come_back_early(
    *, absence: Absence, at: dt.datetime, actor: User | None, now: dt.datetime, is_own: bool = False
) -> Absence:
    """End an absence at a moment inside it. A period that has begun by then stays lost; a day that has not is given back whole.

    Raises Refused when the moment lies before the absence (cancel it instead) or after it.
    """
    absence, post = lock_absence(absence)
    check_changeable(absence.state)
    clocks = read_clocks([post], absence.starts_on, absence.ends_on)
    spans = spans_until(absence, at, clocks)
    if is_own:
        check_in_time(absence, spans, now)
    return _moved(absence, spans, (absence.starts_on, spans[-1].date), "absence.come_back_early", actor)


def check_in_time(absence: Absence, spans: Sequence[DaySpan], now: dt.datetime) -> None:
    """Raises Refused when a lesson would be given back too late to tell anybody; without spans, all of them are."""
    given_back = effect_of(absence, spans).given_back
    if spans and not given_back:
        return
    school = absence.post.school
    limit = change_until(absence, given_back, minutes=settings_of(school)[CHANGE_UNTIL_MINUTES])
    if now > limit:
        text = moment_text(limit, school.zone, today_at(school, now))
        raise Refused(f"This could be changed until {text}; ask the cover manager to do it now.")


def _moved(
    absence: Absence, spans: list[DaySpan], dates: tuple[dt.date, dt.date], action: str, actor: User | None
) -> Absence:
    """Write the difference, record it and tell it. Nothing different: nothing is recorded or told."""
    before = (absence.starts_on, absence.ends_on)
    differing = write_days(absence, spans)
    if before == dates and not differing:
        return absence
    absence.starts_on, absence.ends_on = dates
    absence.save(update_fields=["starts_on", "ends_on"])
    record(
        action=action,
        subject=absence,
        actor=actor,
        changes={"dates": ([day.isoformat() for day in before], [day.isoformat() for day in dates])},
    )
    announce_absence("absence.changed", absence, actor)
    if absence.state == AbsenceState.ACTIVE:
        write_holds(absence, [stretch for span in spans for stretch in span.stretches])
        absence_changed.tell(absence, differing, actor)
    return absence
