"""Standing absences follow the calendar and the bells."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from absences.models import Absence, AbsenceDay
from absences.services.renew import renew_days
from absences.services.report import report_absence
from schools.models import CalendarDay, Period
from schools.services.calendar import add_closure, reinstate_closure
from schools.tenancy.door import tenant
from staffing.hooks import timetable_changed
from staffing.models import PersonHold
from tests.absences.conftest import Report
from tests.world import MONDAY, World, at

DAY = dt.timedelta(days=1)
TUESDAY, WEDNESDAY = MONDAY + DAY, MONDAY + 2 * DAY


@pytest.fixture
def tuesday_closed(oak: World) -> None:
    CalendarDay.objects.filter(date=TUESDAY).update(is_open=False)


def _renew(world: World) -> None:
    renew_days(school=world.oak.school, first=MONDAY, last=WEDNESDAY, actor=None)


def _days(absence: Absence) -> dict[dt.date, AbsenceDay]:
    return {day.date: day for day in AbsenceDay.objects.filter(absence=absence)}


@pytest.mark.usefixtures("tuesday_closed")
class TestReopenedDay:
    def test_it_joins_a_whole_day_absence(self, oak: World, report: Report, told: list[Any]) -> None:
        (absence,) = report(end_date=WEDNESDAY)
        before = _days(absence)
        CalendarDay.objects.filter(date=TUESDAY).update(is_open=True)
        _renew(oak)
        after = _days(absence)
        assert set(after) == {MONDAY, TUESDAY, WEDNESDAY}
        assert all(after[date].pk == day.pk for date, day in before.items())
        assert told[1:] == [(absence, [TUESDAY])]
        assert PersonHold.objects.get(owner=absence.uuid).ends_at == at("00:00", WEDNESDAY + DAY)

    def test_it_joins_with_the_same_periods(self, oak: World, report: Report) -> None:
        (absence,) = report(end_date=WEDNESDAY, periods=[2])
        CalendarDay.objects.filter(date=TUESDAY).update(is_open=True)
        _renew(oak)
        assert _days(absence)[TUESDAY].periods == [2]

    def test_a_cancelled_absence_stays_as_it_was(self, oak: World, report: Report) -> None:
        (absence,) = report(end_date=WEDNESDAY)
        Absence.objects.filter(pk=absence.pk).update(state="cancelled")
        CalendarDay.objects.filter(date=TUESDAY).update(is_open=True)
        _renew(oak)
        assert TUESDAY not in _days(absence)


def test_reinstating_a_closure_is_carried_through(world: World) -> None:
    """From the calendar's own service up to the absence's days."""
    with time_machine.travel(at("06:41"), tick=False), tenant(world.oak.scope):
        closure = add_closure(
            school=world.oak.school, name="Storm", starts_on=TUESDAY, ends_on=TUESDAY, actor=None
        )
        (absence,) = report_absence(
            post=world.oak.posts["Ada"],
            start_date=MONDAY,
            end_date=WEDNESDAY,
            reason="sick",
            actor=None,
            now=at("06:41"),
        )
        assert set(_days(absence)) == {MONDAY, WEDNESDAY}
        reinstate_closure(closure=closure, actor=None)
        assert set(_days(absence)) == {MONDAY, TUESDAY, WEDNESDAY}


def test_a_new_timetable_leaves_the_day_that_has_begun(world: World) -> None:
    with time_machine.travel(at("06:41"), tick=False), tenant(world.oak.scope):
        (absence,) = report_absence(
            post=world.oak.posts["Ada"],
            start_date=MONDAY,
            end_date=TUESDAY,
            reason="sick",
            actor=None,
            now=at("06:41"),
            periods=[1],
        )
        Period.objects.filter(number=1).update(starts=dt.time(8, 10))
        timetable_changed.tell(world.oak.school, MONDAY, None)
        days = _days(absence)
        assert days[MONDAY].starts_at == at("08:00")
        assert days[TUESDAY].starts_at == at("08:10", TUESDAY)


def test_a_day_that_closes_keeps_its_row(oak: World, report: Report, told: list[Any]) -> None:
    (absence,) = report(end_date=WEDNESDAY)
    CalendarDay.objects.filter(date=TUESDAY).update(is_open=False)
    _renew(oak)
    assert TUESDAY in _days(absence)
    assert len(told) == 1


def test_periods_that_ring_later_are_lost_later(oak: World, report: Report, told: list[Any]) -> None:
    (absence,) = report(periods=[1])
    Period.objects.filter(number=1).update(starts=dt.time(8, 10))
    _renew(oak)
    assert _days(absence)[MONDAY].starts_at == at("08:10")
    assert PersonHold.objects.get(owner=absence.uuid).starts_at == at("08:10")
    assert told[1:] == [(absence, [MONDAY])]


def test_days_outside_the_stretch_and_their_holds_are_not_touched(oak: World, report: Report) -> None:
    (absence,) = report(end_date=WEDNESDAY, periods=[1, 3])
    before = set(PersonHold.objects.values_list("pk", "starts_at", "ends_at"))
    CalendarDay.objects.filter(date=WEDNESDAY).update(is_open=False)
    renew_days(school=oak.oak.school, first=MONDAY, last=MONDAY, actor=None)
    assert set(PersonHold.objects.values_list("pk", "starts_at", "ends_at")) == before
    assert set(_days(absence)) == {MONDAY, TUESDAY, WEDNESDAY}
