"""Changing an absence, and coming back early: only the difference moves."""

import datetime as dt
from typing import Any

import pytest

from absences.models import Absence, AbsenceDay
from absences.services.change import change_absence, come_back_early
from schools.errors import Refused
from schools.models import AuditEntry, OutboxMessage, Setting
from schools.settings_registry import CHANGE_UNTIL_MINUTES
from staffing.models import PersonHold
from tests.absences.conftest import SUNDAY_EVENING, Report
from tests.world import MONDAY, World, at

DAY = dt.timedelta(days=1)
TUESDAY, WEDNESDAY = MONDAY + DAY, MONDAY + 2 * DAY


@pytest.fixture
def three_days(report: Report) -> Absence:
    """Ada is away from Monday to Wednesday."""
    return report(end_date=WEDNESDAY)[0]


def _change(absence: Absence, **asked: Any) -> Absence:
    named = {
        "start_date": absence.starts_on,
        "end_date": absence.ends_on,
        "actor": None,
        "now": SUNDAY_EVENING,
    }
    return change_absence(absence=absence, **{**named, **asked})


def _days(absence: Absence) -> dict[dt.date, AbsenceDay]:
    return {day.date: day for day in AbsenceDay.objects.filter(absence=absence)}


def _holds(absence: Absence) -> list[PersonHold]:
    return list(PersonHold.objects.filter(owner=absence.uuid).order_by("starts_at"))


class TestChange:
    def test_shortening_takes_only_the_last_day(self, three_days: Absence, told: list[Any]) -> None:
        before = _days(three_days)
        changed = _change(three_days, end_date=TUESDAY)
        after = _days(three_days)
        assert {date: day.pk for date, day in after.items()} == {
            date: before[date].pk for date in (MONDAY, TUESDAY)
        }
        assert (changed.starts_on, changed.ends_on) == (MONDAY, TUESDAY)
        assert told == [(changed, [WEDNESDAY])]
        assert _holds(three_days)[-1].ends_at == at("00:00", WEDNESDAY)

    def test_extending_adds_only_the_new_day(self, three_days: Absence, told: list[Any]) -> None:
        before = _days(three_days)
        _change(three_days, end_date=WEDNESDAY + DAY)
        after = _days(three_days)
        assert set(after) - set(before) == {WEDNESDAY + DAY}
        assert all(after[date].pk == day.pk for date, day in before.items())
        assert [dates for _, dates in told] == [[WEDNESDAY + DAY]]

    def test_another_start_changes_the_first_day_in_place(self, three_days: Absence, told: list[Any]) -> None:
        before = _days(three_days)
        _change(three_days, start_time=dt.time(10))
        after = _days(three_days)
        assert after[MONDAY].pk == before[MONDAY].pk
        assert (after[MONDAY].kind, after[MONDAY].starts_at) == ("times", at("10:00"))
        assert [dates for _, dates in told] == [[MONDAY]]

    def test_the_same_again_changes_and_tells_nothing(self, three_days: Absence, told: list[Any]) -> None:
        _change(three_days)
        assert told == []
        assert not AuditEntry.objects.filter(action="absence.change").exists()

    def test_the_change_is_recorded_and_announced(self, three_days: Absence) -> None:
        _change(three_days, end_date=MONDAY)
        entry = AuditEntry.objects.get(action="absence.change")
        assert entry.changes == {"dates": [["2026-11-23", "2026-11-25"], ["2026-11-23", "2026-11-23"]]}
        assert OutboxMessage.objects.get(topic="absence.changed").payload["absence"] == str(three_days.uuid)

    def test_it_may_overlap_itself_and_nothing_else(self, three_days: Absence, report: Report) -> None:
        thursday = WEDNESDAY + DAY
        report(start_date=thursday, end_date=thursday)
        with pytest.raises(Refused, match="Thu 26 Nov, all day, is already reported"):
            _change(three_days, end_date=thursday)

    @pytest.mark.parametrize("state", ["cancelled", "declined"])
    def test_what_is_over_stays(self, three_days: Absence, state: str) -> None:
        Absence.objects.filter(pk=three_days.pk).update(state=state)
        with pytest.raises(Refused, match="cannot be changed any more"):
            _change(three_days, end_date=MONDAY)

    def test_a_waiting_one_changes_silently(self, three_days: Absence, told: list[Any]) -> None:
        Absence.objects.filter(pk=three_days.pk).update(state="pending")
        _change(three_days, end_date=MONDAY)
        assert set(_days(three_days)) == {MONDAY}
        assert told == []

    @pytest.mark.parametrize(
        ("asked", "field"),
        [
            ({"end_date": MONDAY - DAY}, "end_date"),
            ({"periods": []}, "periods"),
            ({"periods": [9]}, "periods"),
            ({"start_time": dt.time(20), "end_date": MONDAY}, "start_time"),
        ],
    )
    def test_refusals_name_their_field(self, three_days: Absence, asked: dict[str, Any], field: str) -> None:
        with pytest.raises(Refused) as refused:
            _change(three_days, **asked)
        assert refused.value.field == field


class TestInTime:
    def test_a_teacher_changes_until_the_first_lesson_given_back(self, three_days: Absence) -> None:
        _change(three_days, start_date=TUESDAY, now=at("08:00"), is_own=True)
        assert set(_days(three_days)) == {TUESDAY, WEDNESDAY}

    def test_later_the_manager_must_do_it(self, three_days: Absence) -> None:
        late = at("08:01")
        with pytest.raises(Refused, match="could be changed until 08:00; ask the cover manager"):
            _change(three_days, start_date=TUESDAY, now=late, is_own=True)
        assert _change(three_days, start_date=TUESDAY, now=late)

    def test_the_school_sets_how_long_before(self, three_days: Absence, world: World) -> None:
        Setting.objects.create(
            district=world.north.district, school=world.oak.school, key=CHANGE_UNTIL_MINUTES.key, value=60
        )
        with pytest.raises(Refused, match="until 07:00"):
            _change(three_days, start_date=TUESDAY, now=at("07:01"), is_own=True)

    def test_later_days_can_be_given_back_while_the_absence_runs(self, three_days: Absence) -> None:
        assert _change(three_days, end_date=MONDAY, now=at("12:00"), is_own=True).ends_on == MONDAY

    def test_more_can_be_added_at_any_time(self, three_days: Absence) -> None:
        later = _change(three_days, end_date=WEDNESDAY + DAY, now=at("12:00", WEDNESDAY), is_own=True)
        assert later.ends_on == WEDNESDAY + DAY


class TestBackEarly:
    def _back(self, absence: Absence, moment: dt.datetime, **more: Any) -> Absence:
        return come_back_early(absence=absence, at=moment, actor=None, **{"now": SUNDAY_EVENING, **more})

    def test_inside_a_day_clips_it(self, three_days: Absence, told: list[Any]) -> None:
        back = self._back(three_days, at("10:00", TUESDAY))
        days = _days(three_days)
        assert set(days) == {MONDAY, TUESDAY}
        assert (days[TUESDAY].kind, days[TUESDAY].end_time) == ("times", dt.time(10))
        assert days[TUESDAY].ends_at == at("10:00", TUESDAY)
        assert back.ends_on == TUESDAY
        assert [dates for _, dates in told] == [[TUESDAY, WEDNESDAY]]
        assert AuditEntry.objects.filter(action="absence.come_back_early").count() == 1

    def test_by_the_first_bell_gives_the_day_back(self, three_days: Absence) -> None:
        assert self._back(three_days, at("08:00", TUESDAY)).ends_on == MONDAY
        assert set(_days(three_days)) == {MONDAY}

    def test_a_period_that_has_begun_stays_lost(self, report: Report) -> None:
        (absence,) = report(periods=[1, 2, 3])
        self._back(absence, at("09:00"))
        assert _days(absence)[MONDAY].periods == [1, 2]
        assert [hold.ends_at for hold in _holds(absence)] == [at("09:45")]

    def test_before_it_begins_is_a_cancellation(self, three_days: Absence) -> None:
        with pytest.raises(Refused, match="cancel it instead") as refused:
            self._back(three_days, at("07:00"))
        assert refused.value.field == "back_on"

    def test_after_it_ends_is_nothing(self, three_days: Absence) -> None:
        with pytest.raises(Refused, match="nothing to give back"):
            self._back(three_days, at("08:00", WEDNESDAY + DAY))

    def test_a_teacher_gives_back_only_what_is_still_ahead(self, three_days: Absence) -> None:
        with pytest.raises(Refused, match="could be changed until 10:00"):
            self._back(three_days, at("09:50", TUESDAY), now=at("10:05", TUESDAY), is_own=True)
        assert self._back(three_days, at("11:00", TUESDAY), now=at("10:05", TUESDAY), is_own=True)
