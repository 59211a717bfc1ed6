"""Rotations, closures and the shifted cycle, in the database."""

import datetime as dt
from collections.abc import Iterator

import pytest
from pytest_django import DjangoAssertNumQueries

from schools.calendar_math import DayMapping, MappingKind
from schools.errors import Conflict, Refused
from schools.events import calendar_changed
from schools.models import AuditEntry, CalendarDay, School, User
from schools.services.calendar import (
    add_closure,
    materialise_calendar,
    reinstate_closure,
    set_rotation,
    shift_cycle,
)
from schools.tenancy.door import tenant
from tests.world import World

NEXT_YEAR = dt.date(2027, 9, 6)  # a Monday, beyond the calendar of the world
WEEK = (0, 1, 2, 3, 4)
SIX_DAYS = DayMapping(MappingKind.ROTATING, WEEK, 1, 6, NEXT_YEAR)
A_AND_B = DayMapping(MappingKind.WEEKLY, WEEK, 2, 10, NEXT_YEAR)


@pytest.fixture
def school(world: World) -> Iterator[School]:
    with tenant(world.oak.scope):
        yield world.oak.school


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> list[list[dt.date]]:
    """What the hook told, call by call."""
    told: list[list[dt.date]] = []

    def hear(school: School, dates: list[dt.date], actor: User | None) -> None:
        told.append(dates)

    monkeypatch.setattr(calendar_changed, "_listeners", [hear])
    return told


def numbers(school: School, first: dt.date, count: int) -> list[int | None]:
    """Cycle days of the open days among `count` days from `first`, None for the closed ones."""
    days = CalendarDay.objects.filter(
        school=school, date__gte=first, date__lt=first + dt.timedelta(days=count)
    ).order_by("date")
    return [day.cycle_day if day.is_open else None for day in days]


def day(offset: int) -> dt.date:
    return NEXT_YEAR + dt.timedelta(days=offset)


def test_a_rotation_numbers_the_days_from_its_date_on(school: School) -> None:
    set_rotation(school=school, mapping=SIX_DAYS, effective_from=NEXT_YEAR)
    assert numbers(school, NEXT_YEAR, 10) == [1, 2, 3, 4, 5, None, None, 6, 1, 2]


def test_the_calendar_is_laid_out_for_400_days_and_joins_the_rotation_before(school: School) -> None:
    set_rotation(school=school, mapping=SIX_DAYS, effective_from=NEXT_YEAR)
    rows = list(CalendarDay.objects.filter(school=school).order_by("date"))
    assert rows[0].date == dt.date(2026, 9, 1)
    assert rows[-1].date == NEXT_YEAR + dt.timedelta(days=400)
    assert [row.date for row in rows] == [
        rows[0].date + dt.timedelta(days=number) for number in range(len(rows))
    ]
    assert numbers(school, day(-7), 7) == [1, 2, 3, 4, 5, None, None]


def test_a_and_b_weeks(school: School) -> None:
    set_rotation(school=school, mapping=A_AND_B, effective_from=NEXT_YEAR)
    assert numbers(school, NEXT_YEAR, 14) == [1, 2, 3, 4, 5, None, None, 6, 7, 8, 9, 10, None, None]


def test_the_same_rotation_again_changes_nothing(school: School, news: list[list[dt.date]]) -> None:
    set_rotation(school=school, mapping=SIX_DAYS, effective_from=NEXT_YEAR)
    entries, told = AuditEntry.objects.count(), len(news)
    set_rotation(school=school, mapping=SIX_DAYS, effective_from=NEXT_YEAR)
    assert (AuditEntry.objects.count(), len(news)) == (entries, told)


def test_a_new_rotation_renumbers_from_its_date_and_not_before(
    school: School, news: list[list[dt.date]]
) -> None:
    set_rotation(school=school, mapping=A_AND_B, effective_from=NEXT_YEAR)
    news.clear()
    set_rotation(school=school, mapping=SIX_DAYS, effective_from=day(7))
    assert numbers(school, NEXT_YEAR, 14) == [1, 2, 3, 4, 5, None, None, 6, 1, 2, 3, 4, None, None]
    assert min(min(dates) for dates in news) > day(6)


def test_a_rotation_ends_where_the_next_one_begins(school: School) -> None:
    set_rotation(school=school, mapping=A_AND_B, effective_from=day(7))
    set_rotation(school=school, mapping=SIX_DAYS, effective_from=NEXT_YEAR)
    assert numbers(school, NEXT_YEAR, 10) == [1, 2, 3, 4, 5, None, None, 6, 7, 8]


def test_a_contradictory_mapping_is_refused(school: School) -> None:
    wrong = DayMapping(MappingKind.WEEKLY, WEEK, 2, 5, NEXT_YEAR)
    with pytest.raises(Refused, match="10 cycle days"):
        set_rotation(school=school, mapping=wrong, effective_from=NEXT_YEAR)


def test_a_later_closure_closes_and_never_renumbers(school: School, news: list[list[dt.date]]) -> None:
    set_rotation(school=school, mapping=SIX_DAYS, effective_from=NEXT_YEAR)
    news.clear()
    add_closure(school=school, name="Storm", starts_on=day(1), ends_on=day(1), actor=None)
    assert numbers(school, NEXT_YEAR, 5) == [1, None, 3, 4, 5]
    assert news == [[day(1)]]


def test_a_closure_keeps_the_count_of_days_written_later(school: School) -> None:
    set_rotation(school=school, mapping=SIX_DAYS, effective_from=NEXT_YEAR)
    last = CalendarDay.objects.filter(school=school, cycle_day__isnull=False).latest("date")
    add_closure(school=school, name="Storm", starts_on=day(1), ends_on=day(1), actor=None)
    materialise_calendar(school=school, until=last.date + dt.timedelta(days=7))
    first = CalendarDay.objects.filter(school=school, date__gt=last.date, is_open=True).earliest("date")
    assert first.cycle_day == (last.cycle_day or 0) % 6 + 1


def test_a_closure_known_before_is_passed_over_by_a_rotating_cycle(school: School) -> None:
    add_closure(school=school, name="Feast", starts_on=day(1), ends_on=day(1), actor=None)
    set_rotation(school=school, mapping=SIX_DAYS, effective_from=NEXT_YEAR)
    assert numbers(school, NEXT_YEAR, 5) == [1, None, 2, 3, 4]


def test_the_same_closure_twice_is_one(school: School) -> None:
    first = add_closure(school=school, name="Storm", starts_on=day(1), ends_on=day(1), actor=None)
    again = add_closure(school=school, name="Storm ", starts_on=day(1), ends_on=day(1), actor=None)
    assert first == again


@pytest.mark.parametrize(
    ("name", "ends", "field"), [("", 1, "name"), ("Storm", -1, "ends_on"), ("x", 900, "ends_on")]
)
def test_a_closure_that_makes_no_sense_is_refused(school: School, name: str, ends: int, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        add_closure(school=school, name=name, starts_on=NEXT_YEAR, ends_on=day(ends), actor=None)
    assert refusal.value.field == field


def test_a_reinstated_closure_opens_its_days_with_their_numbers(
    school: School, news: list[list[dt.date]]
) -> None:
    set_rotation(school=school, mapping=SIX_DAYS, effective_from=NEXT_YEAR)
    closure = add_closure(school=school, name="Storm", starts_on=day(1), ends_on=day(6), actor=None)
    news.clear()
    reinstate_closure(closure=closure, actor=None)
    reinstate_closure(closure=closure, actor=None)
    assert numbers(school, NEXT_YEAR, 8) == [1, 2, 3, 4, 5, None, None, 6]
    assert news == [[day(1), day(2), day(3), day(4)]]


def test_a_day_that_never_had_a_number_gets_the_following_one(school: School) -> None:
    closure = add_closure(school=school, name="Feast", starts_on=day(1), ends_on=day(1), actor=None)
    set_rotation(school=school, mapping=SIX_DAYS, effective_from=NEXT_YEAR)
    reinstate_closure(closure=closure, actor=None)
    assert numbers(school, NEXT_YEAR, 5) == [1, 2, 2, 3, 4]


def test_a_day_under_another_closure_stays_closed(school: School) -> None:
    set_rotation(school=school, mapping=SIX_DAYS, effective_from=NEXT_YEAR)
    storm = add_closure(school=school, name="Storm", starts_on=day(0), ends_on=day(1), actor=None)
    add_closure(school=school, name="Feast", starts_on=day(1), ends_on=day(1), actor=None)
    reinstate_closure(closure=storm, actor=None)
    assert numbers(school, NEXT_YEAR, 3) == [1, None, 3]


def test_shifting_moves_the_cycle_from_a_date_on(school: School) -> None:
    set_rotation(school=school, mapping=SIX_DAYS, effective_from=NEXT_YEAR)
    shift_cycle(school=school, from_date=day(2), by=-1, actor=None, seen=3)
    assert numbers(school, NEXT_YEAR, 5) == [1, 2, 2, 3, 4]


def test_a_shift_lasts_for_days_written_later(school: School) -> None:
    set_rotation(school=school, mapping=A_AND_B, effective_from=NEXT_YEAR)
    shift_cycle(school=school, from_date=day(7), by=5, actor=None)
    beyond = day(14 * 40)
    materialise_calendar(school=school, until=beyond + dt.timedelta(days=6))
    assert numbers(school, beyond, 7) == [6, 7, 8, 9, 10, None, None]


def test_a_repeated_click_does_not_shift_twice(school: School) -> None:
    set_rotation(school=school, mapping=SIX_DAYS, effective_from=NEXT_YEAR)
    shift_cycle(school=school, from_date=day(2), by=1, actor=None, seen=3)
    with pytest.raises(Conflict):
        shift_cycle(school=school, from_date=day(2), by=1, actor=None, seen=3)
    assert numbers(school, NEXT_YEAR, 3) == [1, 2, 4]


def test_every_change_is_recorded_for_its_school(school: School, world: World) -> None:
    actor = world.oak.users["cover_manager"]
    set_rotation(school=school, mapping=SIX_DAYS, effective_from=NEXT_YEAR, actor=actor)
    closure = add_closure(school=school, name="Storm", starts_on=day(1), ends_on=day(1), actor=actor)
    reinstate_closure(closure=closure, actor=actor)
    shift_cycle(school=school, from_date=day(2), by=1, actor=actor, reason="after the storm")
    entries = AuditEntry.objects.order_by("pk").values_list("action", "school_id", "actor_id")
    actions = ["rotation.set", "calendar.materialise", "closure.add", "closure.reinstate", "calendar.shift"]
    assert list(entries) == [(action, school.pk, actor.pk) for action in actions]


def test_the_calendar_is_written_in_a_handful_of_statements(
    school: School, news: list[list[dt.date]], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        set_rotation(school=school, mapping=SIX_DAYS, effective_from=NEXT_YEAR)
