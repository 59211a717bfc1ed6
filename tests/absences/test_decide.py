"""Cancelling, approving, declining."""

import datetime as dt
from typing import Any

import pytest

from absences.models import Absence, AbsenceDay, AbsenceReason
from absences.services.decide import approve_absence, cancel_absence, decline_absence
from absences.services.reading import read_reasons
from absences.services.rows import move_state
from schools.errors import Conflict, Refused
from schools.models import AuditEntry, OutboxMessage
from staffing.models import PersonHold
from tests.absences.conftest import SUNDAY_EVENING, Report
from tests.world import MONDAY, World, at


@pytest.fixture
def waiting(report: Report) -> Absence:
    AbsenceReason.objects.filter(code="personal").update(needs_approval=True)
    return report(reason="personal", end_date=MONDAY + dt.timedelta(days=1), periods=[1, 3])[0]


def _cancel(absence: Absence, **more: Any) -> Absence:
    return cancel_absence(absence=absence, **{"actor": None, "now": SUNDAY_EVENING, **more})


class TestCancel:
    def test_the_hold_goes_and_the_days_stay_as_a_record(self, report: Report, told: list[Any]) -> None:
        (absence,) = report()
        told.clear()
        cancelled = _cancel(absence, reason="feels better")
        assert (cancelled.state, cancelled.cancelled_at) == ("cancelled", SUNDAY_EVENING)
        assert not PersonHold.objects.exists()
        assert AbsenceDay.objects.filter(absence=absence).count() == 1
        assert told == [(cancelled, [MONDAY])]
        entry = AuditEntry.objects.get(action="absence.cancel")
        assert (entry.changes, entry.reason) == ({"state": ["active", "cancelled"]}, "feels better")
        assert OutboxMessage.objects.filter(topic="absence.cancelled").count() == 1

    def test_a_waiting_one_is_cancelled_without_telling(self, waiting: Absence, told: list[Any]) -> None:
        assert _cancel(waiting).state == "cancelled"
        assert told == []

    def test_twice_is_refused(self, report: Report) -> None:
        (absence,) = report()
        _cancel(absence)
        with pytest.raises(Refused, match="This absence was cancelled"):
            _cancel(absence)

    def test_a_teacher_cancels_until_the_first_lesson_and_a_manager_always(self, report: Report) -> None:
        (absence,) = report()
        with pytest.raises(Refused, match="until 08:00; ask the cover manager"):
            _cancel(absence, now=at("08:30"), is_own=True)
        assert _cancel(absence, now=at("08:30")).state == "cancelled"

    def test_without_a_lesson_lost_a_teacher_cancels_until_it_is_over(self, report: Report) -> None:
        (absence,) = report(periods=[5])
        assert _cancel(absence, now=at("13:00"), is_own=True).state == "cancelled"


class TestDecide:
    def test_approving_makes_it_count(self, waiting: Absence, world: World, told: list[Any]) -> None:
        approver = world.oak.users["approver"]
        approved = approve_absence(absence=waiting, actor=approver, now=SUNDAY_EVENING)
        assert (approved.state, approved.decided_by, approved.decided_at) == (
            "active",
            approver,
            SUNDAY_EVENING,
        )
        assert PersonHold.objects.filter(owner=waiting.uuid).count() == 4
        assert told == [(approved, [MONDAY, MONDAY + dt.timedelta(days=1)])]
        assert AuditEntry.objects.get(action="absence.approve").changes == {"state": ["pending", "active"]}
        assert OutboxMessage.objects.filter(topic="absence.approved").count() == 1

    def test_declining_leaves_no_trace_in_the_day(
        self, waiting: Absence, world: World, told: list[Any]
    ) -> None:
        declined = decline_absence(
            absence=waiting, actor=world.oak.users["approver"], now=SUNDAY_EVENING, reason="too many are out"
        )
        assert declined.state == "declined"
        assert not PersonHold.objects.exists()
        assert told == []
        assert AuditEntry.objects.get(action="absence.decline").reason == "too many are out"

    @pytest.mark.parametrize("decide", [approve_absence, decline_absence])
    def test_only_a_waiting_one_is_decided(self, report: Report, decide: Any) -> None:
        (absence,) = report()
        with pytest.raises(Refused, match="This absence is already reported"):
            decide(absence=absence, actor=None, now=SUNDAY_EVENING)

    @pytest.mark.parametrize("decide", [approve_absence, decline_absence])
    def test_nobody_decides_about_the_own_one(self, waiting: Absence, world: World, decide: Any) -> None:
        with pytest.raises(Refused, match="Nobody decides about their own absence"):
            decide(absence=waiting, actor=world.oak.users["teacher"], now=SUNDAY_EVENING)


def test_the_loser_of_a_race_learns_both_states(waiting: Absence) -> None:
    Absence.objects.filter(pk=waiting.pk).update(state="cancelled")
    with pytest.raises(Conflict) as conflict:
        move_state(waiting, seen="pending", wanted="active")
    assert (conflict.value.theirs, conflict.value.yours) == ("cancelled", "active")


class TestReading:
    def _read(self, absences: list[Absence], world: World, who: str) -> int:
        rows = Absence.objects.filter(pk__in=[absence.pk for absence in absences])
        read_reasons(
            absences=list(rows.select_related("reason", "post__person")), reader=world.oak.users[who]
        )
        return AuditEntry.objects.filter(action="absence.read_reason").count()

    def test_reading_a_sensitive_reason_is_recorded(self, report: Report, world: World) -> None:
        assert self._read(report(), world, "cover_manager") == 1
        assert AuditEntry.objects.get(action="absence.read_reason").actor == world.oak.users["cover_manager"]

    def test_the_own_reason_is_read_without_record(self, report: Report, world: World) -> None:
        assert self._read(report(), world, "teacher") == 0

    def test_a_reason_that_is_not_sensitive_is_read_without_record(
        self, report: Report, world: World
    ) -> None:
        assert self._read(report(reason="training"), world, "cover_manager") == 0
