"""Reporting an absence: what is written, and every refusal."""

import datetime as dt
import uuid
from typing import Any

import pytest

from absences.models import Absence, AbsenceDay, AbsenceReason
from absences.services.report import report_absence
from schools.errors import Refused
from schools.models import AuditEntry, BellSchedule, CalendarDay, OutboxMessage, Setting
from schools.settings_registry import ABSENT_FROM, AbsentFrom
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from staffing.models import PersonHold, Post, Timetable
from tests.absences.conftest import SUNDAY_EVENING, Report
from tests.world import MONDAY, World, at

DAY = dt.timedelta(days=1)
NINE, TEN, NOON = dt.time(9), dt.time(10), dt.time(12)


def _days(absence: Absence) -> list[AbsenceDay]:
    return list(AbsenceDay.objects.filter(absence=absence).order_by("date"))


def _holds(absence: Absence) -> list[tuple[dt.datetime, dt.datetime]]:
    rows = PersonHold.objects.filter(owner=absence.uuid, kind="unavailable").order_by("starts_at")
    return list(rows.values_list("starts_at", "ends_at"))


def test_a_whole_day_is_from_midnight_to_midnight(report: Report) -> None:
    (absence,) = report()
    (day,) = _days(absence)
    assert (day.kind, day.starts_at, day.ends_at) == ("whole", at("00:00"), at("00:00", MONDAY + DAY))
    assert _holds(absence) == [(day.starts_at, day.ends_at)]
    assert absence.state == "active"


def test_a_whole_day_is_the_lessons_where_the_school_says_so(report: Report, world: World) -> None:
    _set(world, ABSENT_FROM.key, AbsentFrom.FIRST_TO_LAST)
    (day,) = _days(report()[0])
    assert (day.kind, day.starts_at, day.ends_at) == ("whole", at("08:00"), at("10:50"))


def test_times_are_the_schools_own(report: Report) -> None:
    (absence,) = report(start_time=TEN, end_time=NOON)
    (day,) = _days(absence)
    assert (day.kind, day.start_time, day.end_time) == ("times", TEN, NOON)
    assert _holds(absence) == [(at("10:00"), at("12:00"))]


def test_chosen_periods_leave_out_what_lies_between(report: Report) -> None:
    (absence,) = report(periods=[1, 2, 4])
    (day,) = _days(absence)
    assert (day.kind, day.periods, day.starts_at, day.ends_at) == (
        "periods",
        [1, 2, 4],
        at("08:00"),
        at("11:45"),
    )
    assert _holds(absence) == [(at("08:00"), at("09:45")), (at("10:55"), at("11:45"))]


def test_several_days_skip_the_closed_ones(report: Report) -> None:
    (absence,) = report(start_date=MONDAY + 4 * DAY, end_date=MONDAY + 7 * DAY)
    assert [day.date for day in _days(absence)] == [MONDAY + 4 * DAY, MONDAY + 7 * DAY]
    assert (absence.starts_on, absence.ends_on) == (MONDAY + 4 * DAY, MONDAY + 7 * DAY)


def test_over_several_days_the_first_time_starts_and_the_last_time_ends(report: Report) -> None:
    (absence,) = report(end_date=MONDAY + 2 * DAY, start_time=NOON, end_time=NINE)
    first, middle, last = _days(absence)
    assert (first.kind, first.starts_at, first.ends_at) == ("times", at("12:00"), at("00:00", MONDAY + DAY))
    assert (middle.kind, middle.start_time) == ("whole", None)
    assert (last.kind, last.end_time, last.ends_at) == ("times", NINE, at("09:00", MONDAY + 2 * DAY))


def test_chosen_periods_count_on_every_day(report: Report) -> None:
    (absence,) = report(end_date=MONDAY + DAY, periods=[3])
    assert [day.periods for day in _days(absence)] == [[3], [3]]


def test_reporting_is_recorded_announced_and_told(report: Report, told: list[Any]) -> None:
    (absence,) = report(note_for_office="canary", note_for_cover=" page 3 ")
    entry = AuditEntry.objects.get(action="absence.report")
    assert entry.object_id == absence.pk
    assert entry.changes == {"state": [None, "active"], "dates": [None, ["2026-11-23", "2026-11-23"]]}
    message = OutboxMessage.objects.get(topic="absence.reported")
    assert message.payload == {"absence": str(absence.uuid), "actor": absence.reported_by_id}
    assert told == [(absence, [MONDAY])]
    assert absence.note_for_cover == "page 3"


def test_a_reason_that_needs_approval_waits(report: Report, told: list[Any]) -> None:
    AbsenceReason.objects.filter(code="personal").update(needs_approval=True)
    (absence,) = report(reason="personal")
    assert absence.state == "pending"
    assert _holds(absence) == []
    assert told == []


def test_the_same_token_again_returns_the_same_absence(report: Report) -> None:
    token = uuid.uuid4()
    first, again = report(report=token), report(report=token)
    assert first == again
    assert Absence.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "field", "text"),
    [
        ({"end_date": MONDAY - DAY}, "end_date", "before it starts"),
        ({"start_time": NOON, "end_time": TEN}, "end_time", "It ends at 10:00, but starts at 12:00"),
        ({"start_time": TEN, "end_time": TEN}, "end_time", "It ends at 10:00"),
        ({"start_time": dt.time(15)}, "start_time", "On Mon 23 Nov Oak runs from 08:00 to 14:15"),
        ({"end_time": dt.time(7)}, "end_time", "On Mon 23 Nov Oak runs from 08:00 to 14:15"),
        ({"start_time": TEN, "periods": [1]}, "start_time", "Choose lessons or give times"),
        ({"periods": [9]}, "periods", "There is no period 9 on Mon 23 Nov"),
        ({"periods": []}, "periods", "Tick the lessons"),
        (
            {"reason": "boredom"},
            "reason",
            "There is no reason “boredom”; choose one of: personal, sick, training",
        ),
        (
            {"start_date": MONDAY - DAY, "end_date": MONDAY - DAY},
            "start_date",
            "Oak has no open day on Sun 22 Nov",
        ),
        ({"end_date": MONDAY + 400 * DAY}, "end_date", "more than 400 days ahead"),
        ({"start_date": dt.date(2026, 8, 31)}, "start_date", "The post at Oak starts on 2026-09-01"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    report: Report, asked: dict[str, Any], field: str, text: str
) -> None:
    with pytest.raises(Refused, match=text) as refused:
        report(**asked)
    assert refused.value.field == field
    assert not Absence.objects.exists()


def test_an_absence_ends_with_its_post(report: Report, world: World) -> None:
    Post.objects.filter(pk=world.oak.posts["Ada"].pk).update(ends_on=MONDAY)
    with pytest.raises(Refused, match="The post at Oak ends on 2026-11-23") as refused:
        report(end_date=MONDAY + DAY)
    assert refused.value.field == "end_date"


def test_a_reason_that_is_not_used_any_more_is_refused(report: Report) -> None:
    AbsenceReason.objects.filter(code="sick").update(is_active=False)
    with pytest.raises(Refused, match="not used any more"):
        report()


def test_a_teacher_reports_fourteen_days_back_and_a_manager_further(report: Report) -> None:
    early = dt.date(2026, 11, 6)
    with pytest.raises(Refused, match="more than 14 days ago; ask the cover manager") as refused:
        report(start_date=early, end_date=early, is_own=True)
    assert refused.value.field == "start_date"
    assert report(start_date=dt.date(2026, 11, 9), end_date=dt.date(2026, 11, 9), is_own=True)
    assert report(start_date=early, end_date=early)


class TestOverlap:
    def test_the_same_day_again_is_refused_and_named(self, report: Report) -> None:
        report()
        with pytest.raises(
            Refused, match="An absence at Oak, Mon 23 Nov, all day, is already reported"
        ) as refused:
            report()
        assert refused.value.field == "start_date"

    def test_a_waiting_one_counts_too(self, report: Report) -> None:
        AbsenceReason.objects.filter(code="personal").update(needs_approval=True)
        report(reason="personal")
        with pytest.raises(Refused, match="waits for approval"):
            report()

    @pytest.mark.parametrize(
        ("first", "second", "clash"),
        [
            ({"periods": [1, 2]}, {"periods": [4, 5]}, False),
            ({"periods": [1, 2]}, {"periods": [2, 3]}, True),
            ({"periods": [1, 4]}, {"periods": [2, 3]}, False),
            ({"periods": [1, 4]}, {"start_time": dt.time(8, 55), "end_time": dt.time(10, 55)}, False),
            ({"periods": [4]}, {"start_time": dt.time(11)}, True),
            ({"end_time": TEN}, {"start_time": TEN}, False),
            ({"end_time": TEN}, {"start_time": NINE}, True),
        ],
    )
    def test_real_times_are_compared(
        self, report: Report, first: dict[str, Any], second: dict[str, Any], clash: bool
    ) -> None:
        report(**first)
        if clash:
            with pytest.raises(Refused, match="already reported"):
                report(**second)
        else:
            assert report(**second)

    def test_what_was_cancelled_or_declined_does_not_count(self, report: Report) -> None:
        (absence,) = report()
        Absence.objects.filter(pk=absence.pk).update(state="cancelled")
        assert report()

    def test_only_days_in_common_count(self, report: Report) -> None:
        report(end_date=MONDAY + DAY)
        assert report(start_date=MONDAY + 2 * DAY, end_date=MONDAY + 3 * DAY)


def _open(world: World, sunday: dt.date) -> dt.date:
    """Open a Sunday as cycle day 1, with posts, bells and timetable that run by then."""
    school = world.oak.school
    CalendarDay.objects.update_or_create(
        district_id=school.district_id,
        school=school,
        date=sunday,
        defaults={"is_open": True, "cycle_day": 1},
    )
    Post.objects.update(starts_on=dt.date(2025, 9, 1))
    BellSchedule.objects.update(effective_from=dt.date(2025, 9, 1))
    Timetable.objects.update(effective_from=dt.date(2025, 9, 1))
    return sunday


@pytest.mark.parametrize(("date", "hours"), [(dt.date(2026, 3, 29), 23), (dt.date(2026, 10, 25), 25)])
class TestClocksThatChange:
    def test_a_whole_day_has_its_real_length(
        self, report: Report, oak: World, date: dt.date, hours: int
    ) -> None:
        sunday = _open(oak, date)
        (day,) = _days(report(start_date=sunday, end_date=sunday)[0])
        assert day.ends_at - day.starts_at == dt.timedelta(hours=hours)

    def test_times_are_read_from_the_wall_clock(
        self, report: Report, oak: World, date: dt.date, hours: int
    ) -> None:
        sunday = _open(oak, date)
        (day,) = _days(report(start_date=sunday, end_date=sunday, start_time=dt.time(1), end_time=TEN)[0])
        assert (day.starts_at, day.ends_at) == (at("01:00", sunday), at("10:00", sunday))
        assert day.ends_at - day.starts_at == dt.timedelta(hours=9 + hours - 24)

    def test_periods_ring_by_the_wall_clock(
        self, report: Report, oak: World, date: dt.date, hours: int
    ) -> None:
        sunday = _open(oak, date)
        (absence,) = report(start_date=sunday, end_date=sunday, periods=[1])
        offset = dt.timezone(dt.timedelta(hours=2 if hours == 23 else 1))
        eight = dt.datetime.combine(sunday, dt.time(8), tzinfo=offset)
        assert _holds(absence) == [(eight, eight + dt.timedelta(minutes=50))]


def test_times_that_the_clocks_skip_end_after_they_start(report: Report, oak: World) -> None:
    sunday = _open(oak, dt.date(2026, 3, 29))
    with pytest.raises(Refused, match="The clocks change") as refused:
        report(start_date=sunday, end_date=sunday, start_time=dt.time(2, 30), end_time=dt.time(3, 15))
    assert refused.value.field == "end_time"


class TestSeveralPosts:
    @pytest.fixture
    def both(self, world: World) -> tuple[Post, Post]:
        """Ada works at Oak and at Elm."""
        with tenant(world.north.scope):
            ada = world.oak.posts["Ada"].person
            Post.objects.filter(pk=world.elm.posts["Ada"].pk).update(person=ada)
        return world.oak.posts["Ada"], world.elm.posts["Ada"]

    def _report(self, world: World, **asked: Any) -> list[Absence]:
        ada = world.oak.posts["Ada"].person
        schools = [world.oak.school.pk, world.elm.school.pk]
        with tenant(Scope.self_(world.north.district.pk, ada.pk, schools)):
            return report_absence(
                **{
                    "person": ada,
                    "start_date": MONDAY,
                    "end_date": MONDAY,
                    "reason": "sick",
                    "actor": world.oak.users["teacher"],
                    "now": SUNDAY_EVENING,
                    "is_own": True,
                    **asked,
                }
            )

    def test_one_report_makes_one_absence_per_post(self, world: World, both: tuple[Post, Post]) -> None:
        first, second = self._report(world)
        assert {first.post_id, second.post_id} == {post.pk for post in both}
        assert first.report == second.report
        assert first.school_id != second.school_id

    def test_periods_can_be_chosen_by_post(self, world: World, both: tuple[Post, Post]) -> None:
        (absence,) = self._report(world, periods={both[1].uuid: [2]})
        assert absence.post_id == both[1].pk

    def test_a_closed_school_is_passed_over(self, world: World, both: tuple[Post, Post]) -> None:
        with tenant(world.elm.scope):
            CalendarDay.objects.filter(date=MONDAY).update(is_open=False)
        (absence,) = self._report(world)
        assert absence.school_id == world.oak.school.pk

    def test_what_the_manager_entered_already_is_passed_over(
        self, world: World, both: tuple[Post, Post]
    ) -> None:
        with tenant(world.oak.scope):
            self._enter(world, both[0])
        (absence,) = self._report(world)
        assert absence.school_id == world.elm.school.pk

    def test_more_than_what_was_entered_is_refused(self, world: World, both: tuple[Post, Post]) -> None:
        with tenant(world.oak.scope):
            self._enter(world, both[0])
        with pytest.raises(Refused, match="An absence at Oak, Mon 23 Nov, all day"):
            self._report(world, end_date=MONDAY + DAY)

    def test_a_manager_reports_for_the_own_school_and_the_hold_tells_the_other(
        self, world: World, both: tuple[Post, Post]
    ) -> None:
        with tenant(world.oak.scope):
            (absence,) = self._enter(world, both[0])
        with tenant(world.elm.scope):
            assert PersonHold.objects.get(person=both[0].person).owner == absence.uuid
            assert not Absence.objects.exists()

    def _enter(self, world: World, post: Post) -> list[Absence]:
        return report_absence(
            post=post,
            start_date=MONDAY,
            end_date=MONDAY,
            reason="sick",
            actor=world.oak.users["cover_manager"],
            now=SUNDAY_EVENING,
        )

    def test_who_has_no_post_is_told_so(self, world: World) -> None:
        nobody = Scope.self_(world.north.district.pk, 0, [])
        with tenant(nobody), pytest.raises(Refused, match="no post at a school"):
            report_absence(
                person=world.oak.posts["Ada"].person,
                start_date=MONDAY,
                end_date=MONDAY,
                reason="sick",
                actor=None,
                now=SUNDAY_EVENING,
            )


def _set(world: World, key: str, value: Any) -> None:
    Setting.objects.create(district=world.north.district, school=world.oak.school, key=key, value=value)
