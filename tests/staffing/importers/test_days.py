"""Timetable days on the calendar."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.importers.days import (
    BadMappingError,
    DayMapping,
    MappingKind,
    can_be_open,
    choose_mapping,
    cycle_day_on,
    cycle_days_of,
    parse_weekdays,
)

MONDAY = date(2025, 9, 1)
SUNDAY_TO_THURSDAY = (6, 0, 1, 2, 3)

dates = st.dates(date(2020, 1, 1), date(2035, 12, 31))
weekday_orders = st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(tuple)


def days_from(first: date, count: int) -> list[date]:
    return [first + timedelta(days=offset) for offset in range(count)]


def week_of(mapping: DayMapping, first: date, count: int = 7) -> list[int | None]:
    days = days_from(first, count)
    cycle_days = cycle_days_of(mapping, days)
    return [cycle_days.get(day) for day in days]


def test_five_days_are_monday_to_friday() -> None:
    mapping = choose_mapping(days_in_week=5, weeks=1, anchor=MONDAY)
    assert week_of(mapping, MONDAY) == [1, 2, 3, 4, 5, None, None]


def test_fewer_days_begin_on_monday() -> None:
    mapping = choose_mapping(days_in_week=4, weeks=1, anchor=MONDAY)
    assert week_of(mapping, MONDAY) == [1, 2, 3, 4, None, None, None]


def test_more_days_rotate_over_monday_to_friday() -> None:
    mapping = choose_mapping(days_in_week=6, weeks=1, anchor=MONDAY)
    assert mapping.kind is MappingKind.ROTATING
    assert week_of(mapping, MONDAY, 12) == [1, 2, 3, 4, 5, None, None, 6, 1, 2, 3, 4]


def test_given_weekdays_in_their_order() -> None:
    mapping = choose_mapping(days_in_week=5, weeks=1, anchor=MONDAY, weekdays=SUNDAY_TO_THURSDAY)
    assert week_of(mapping, MONDAY) == [2, 3, 4, 5, None, None, 1]


def test_six_days_can_be_monday_to_saturday() -> None:
    mapping = choose_mapping(days_in_week=6, weeks=1, anchor=MONDAY, weekdays=(0, 1, 2, 3, 4, 5))
    assert week_of(mapping, MONDAY) == [1, 2, 3, 4, 5, 6, None]


def test_a_and_b_weeks_alternate_from_the_anchors_week() -> None:
    mapping = choose_mapping(days_in_week=5, weeks=2, anchor=MONDAY + timedelta(days=3))
    assert mapping.cycle_days == 10
    assert [cycle_day_on(mapping, day, [day]) for day in days_from(MONDAY - timedelta(days=7), 28)[::7]] == [
        6,
        1,
        6,
        1,
    ]


def test_a_week_from_sunday_has_one_letter() -> None:
    sunday = MONDAY - timedelta(days=1)
    mapping = choose_mapping(days_in_week=5, weeks=2, anchor=MONDAY, weekdays=SUNDAY_TO_THURSDAY)
    assert week_of(mapping, sunday, 12) == [1, 2, 3, 4, 5, None, None, 6, 7, 8, 9, 10]


def test_a_closed_day_pauses_a_rotation_and_not_a_week() -> None:
    open_days = [day for day in days_from(MONDAY, 5) if day != MONDAY + timedelta(days=1)]
    rotating = choose_mapping(days_in_week=4, weeks=1, anchor=MONDAY, rotate=True)
    weekly = choose_mapping(days_in_week=5, weeks=1, anchor=MONDAY)
    assert list(cycle_days_of(rotating, open_days).values()) == [1, 2, 3, 4]
    assert list(cycle_days_of(weekly, open_days).values()) == [1, 3, 4, 5]


def test_a_rotation_may_go_over_other_weekdays() -> None:
    mapping = choose_mapping(days_in_week=3, weeks=1, anchor=MONDAY, weekdays=SUNDAY_TO_THURSDAY, rotate=True)
    assert week_of(mapping, MONDAY) == [1, 2, 3, 1, None, None, 2]


def test_a_rotation_counts_back_from_its_anchor() -> None:
    mapping = choose_mapping(days_in_week=6, weeks=1, anchor=MONDAY)
    assert week_of(mapping, MONDAY - timedelta(days=7), 8) == [2, 3, 4, 5, 6, None, None, 1]


def test_weekdays_must_fit_the_days() -> None:
    with pytest.raises(BadMappingError, match="6 days, but 5 weekdays"):
        choose_mapping(days_in_week=6, weeks=1, anchor=MONDAY, weekdays=SUNDAY_TO_THURSDAY)


def test_weekdays_in_words() -> None:
    assert parse_weekdays("sun, Mon,TUESDAY,wed,thu") == SUNDAY_TO_THURSDAY


@pytest.mark.parametrize("text", ["", "sun,,mon", "monkey", "mon;tue", "mon,tue,mon"])
def test_weekdays_that_are_none(text: str) -> None:
    with pytest.raises(BadMappingError):
        parse_weekdays(text)


@settings(deadline=None)
@given(anchor=dates, start=dates, weekdays=weekday_orders, weeks=st.integers(1, 2))
def test_a_weekly_mapping_repeats_and_uses_each_day_once(
    anchor: date, start: date, weekdays: tuple[int, ...], weeks: int
) -> None:
    mapping = choose_mapping(days_in_week=len(weekdays), weeks=weeks, anchor=anchor, weekdays=weekdays)
    period = 7 * weeks
    first = week_of(mapping, start, period)
    assert week_of(mapping, start + timedelta(days=period), period) == first
    assert sorted(day for day in first if day is not None) == list(range(1, mapping.cycle_days + 1))


@settings(deadline=None)
@given(anchor=dates, weekdays=weekday_orders, offset=st.integers(-21, 21))
def test_days_of_one_timetable_week_have_one_letter(
    anchor: date, weekdays: tuple[int, ...], offset: int
) -> None:
    mapping = choose_mapping(days_in_week=len(weekdays), weeks=2, anchor=anchor, weekdays=weekdays)
    first = anchor + timedelta(days=offset)
    first -= timedelta(days=(first.weekday() - weekdays[0]) % 7)
    letters = {(day - 1) // len(weekdays) for day in week_of(mapping, first) if day is not None}
    assert len(letters) == 1
    if first <= anchor < first + timedelta(days=7):
        assert letters == {0}


@settings(deadline=None)
@given(
    anchor=dates,
    weekdays=weekday_orders,
    days=st.integers(1, 12),
    before=st.integers(0, 30),
    closed=st.sets(st.integers(0, 89)),
)
def test_a_rotation_goes_through_the_open_days_in_turn(
    anchor: date, weekdays: tuple[int, ...], days: int, before: int, closed: set[int]
) -> None:
    mapping = choose_mapping(days_in_week=days, weeks=1, anchor=anchor, weekdays=weekdays, rotate=True)
    calendar = days_from(anchor - timedelta(days=before), 90)
    open_days = [day for place, day in enumerate(calendar) if place not in closed]
    found = cycle_days_of(mapping, open_days)
    assert list(found) == [day for day in open_days if can_be_open(mapping, day)]
    numbers = list(found.values())
    assert all(later == earlier % days + 1 for earlier, later in pairwise(numbers))
    from_anchor = [number for day, number in found.items() if day >= anchor]
    assert not from_anchor or from_anchor[0] == 1
