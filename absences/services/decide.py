"""End or decide an absence: cancel, approve, decline."""

import datetime as dt

from absences.hooks import absence_changed
from absences.models import Absence, AbsenceDay, AbsenceState
from absences.selectors.clocks import read_clocks
from absences.selectors.standing import stretches_by_date
from absences.transitions import check
from schools.errors import Refused
from schools.models import User
from schools.services.audit import record
from staffing.models import PersonHold

from .change import check_in_time
from .rows import announce_absence, lock_absence, move_state, write_holds


def cancel_absence(
    *, absence: Absence, actor: User | None, now: dt.datetime, reason: str = "", is_own: bool = False
) -> Absence:
    """Take an absence back whole: its holds go, its needs are withdrawn, its days stay as a record.

    `reason` goes to the audit. With `is_own` the school's limit before the first lesson lost holds. Raises Refused.
    """
    absence, _ = lock_absence(absence)
    seen = absence.state
    check(seen, AbsenceState.CANCELLED)
    if is_own:
        check_in_time(absence, [], now)
    move_state(absence, seen=seen, wanted=AbsenceState.CANCELLED, cancelled_at=now)
    _recorded(absence, "absence.cancel", seen, actor, reason)
    announce_absence("absence.cancelled", absence, actor)
    if seen == AbsenceState.ACTIVE:
        PersonHold.objects.filter(owner=absence.uuid).delete()
        absence_changed.tell(absence, _dates(absence), actor)
    return absence


def approve_absence(*, absence: Absence, actor: User | None, now: dt.datetime) -> Absence:
    """Let a waiting absence become active: from now on it has a hold and needs. Raises Refused."""
    absence, post = lock_absence(absence)
    _check_decider(absence, AbsenceState.ACTIVE, actor)
    move_state(
        absence, seen=AbsenceState.PENDING, wanted=AbsenceState.ACTIVE, decided_by=actor, decided_at=now
    )
    clocks = read_clocks([post], absence.starts_on, absence.ends_on)
    days = list(AbsenceDay.objects.filter(absence=absence).order_by("date"))
    away = stretches_by_date(days, clocks)
    write_holds(absence, [stretch for stretches in away.values() for stretch in stretches])
    _recorded(absence, "absence.approve", AbsenceState.PENDING, actor)
    announce_absence("absence.approved", absence, actor)
    absence_changed.tell(absence, [day.date for day in days], actor)
    return absence


def decline_absence(*, absence: Absence, actor: User | None, now: dt.datetime, reason: str = "") -> Absence:
    """Refuse a waiting absence; it never had needs. `reason` goes to the audit. Raises Refused."""
    absence, _ = lock_absence(absence)
    _check_decider(absence, AbsenceState.DECLINED, actor)
    move_state(
        absence, seen=AbsenceState.PENDING, wanted=AbsenceState.DECLINED, decided_by=actor, decided_at=now
    )
    _recorded(absence, "absence.decline", AbsenceState.PENDING, actor, reason)
    announce_absence("absence.declined", absence, actor)
    return absence


def _check_decider(absence: Absence, wanted: str, actor: User | None) -> None:
    check(absence.state, wanted)
    if actor is not None and absence.post.person.user_id == actor.pk:
        raise Refused("Nobody decides about their own absence; another approver can.")


def _dates(absence: Absence) -> list[dt.date]:
    rows = AbsenceDay.objects.filter(absence=absence).order_by("date")
    return list(rows.values_list("date", flat=True))


def _recorded(absence: Absence, action: str, before: str, actor: User | None, reason: str = "") -> None:
    record(
        action=action, subject=absence, actor=actor, reason=reason, changes={"state": (before, absence.state)}
    )
