"""Laying a mapping out over dates."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.calendar_math import (
    BadMappingError,
    DayMapping,
    MappingKind,
    check_mapping,
    lay_out,
    shifted,
)

MONDAY = date(2026, 9, 7)
WEEK = (0, 1, 2, 3, 4)

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
closures = st.sets(days, max_size=40)
lengths = st.integers(0, 120)


@st.composite
def mappings(draw: st.DrawFn) -> DayMapping:
    kind = draw(st.sampled_from(MappingKind))
    weekdays = tuple(draw(st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True)))
    weeks = draw(st.integers(1, 2))
    cycle_days = len(weekdays) * weeks if kind is MappingKind.WEEKLY else draw(st.integers(1, 10))
    return DayMapping(kind, weekdays, weeks, cycle_days, draw(days))


@given(mappings(), days, lengths, closures)
def test_every_date_once_in_order_and_open_days_have_a_number_of_the_cycle(
    mapping: DayMapping, first: date, length: int, closed: set[date]
) -> None:
    laid = lay_out(mapping, first, first + timedelta(days=length), is_closed=closed.__contains__)
    assert [day.date for day in laid] == [first + timedelta(days=offset) for offset in range(length + 1)]
    for day in laid:
        assert day.is_open == (day.date.weekday() in mapping.weekdays and day.date not in closed)
        assert not day.is_open or day.cycle_day in range(1, mapping.cycle_days + 1)


@given(mappings(), days, lengths, lengths, closures)
def test_laid_out_in_two_pieces_is_the_same_as_in_one(
    mapping: DayMapping, first: date, one: int, two: int, closed: set[date]
) -> None:
    middle, last = first + timedelta(days=one), first + timedelta(days=one + two)
    is_closed = closed.__contains__
    whole = lay_out(mapping, first, last, is_closed=is_closed)
    head = lay_out(mapping, first, middle, is_closed=is_closed)
    numbered = [(day.date, day.cycle_day) for day in head if day.cycle_day is not None]
    after = numbered[-1] if numbered else None
    tail = lay_out(mapping, middle + timedelta(days=1), last, is_closed=is_closed, after=after)
    assert head + tail == whole


@given(mappings(), days, lengths, closures)
def test_a_rotating_cycle_skips_no_number_between_open_days(
    mapping: DayMapping, first: date, length: int, closed: set[date]
) -> None:
    laid = lay_out(mapping, first, first + timedelta(days=length), is_closed=closed.__contains__)
    numbers = [day.cycle_day for day in laid if day.is_open]
    if mapping.kind is MappingKind.ROTATING:
        for before, after in pairwise(numbers):
            assert after == shifted(before or 0, 1, mapping.cycle_days)


def test_a_week_keeps_the_numbers_of_closed_days_and_a_rotation_passes_over_them() -> None:
    tuesday = MONDAY + timedelta(days=1)
    weekly = DayMapping(MappingKind.WEEKLY, WEEK, 1, 5, MONDAY)
    rotating = DayMapping(MappingKind.ROTATING, WEEK, 1, 6, MONDAY)
    sunday = MONDAY + timedelta(days=6)
    numbers = [
        [day.cycle_day for day in lay_out(mapping, MONDAY, sunday, is_closed={tuesday}.__contains__)]
        for mapping in (weekly, rotating)
    ]
    assert numbers == [[1, 2, 3, 4, 5, None, None], [1, None, 2, 3, 4, None, None]]


@pytest.mark.parametrize(
    ("weekdays", "weeks", "cycle_days", "words"),
    [
        ((), 1, 0, "at least one weekday"),
        ((0, 0), 1, 2, "none twice"),
        ((0, 7), 1, 2, "none twice"),
        (WEEK, 3, 15, "two: A and B"),
        (WEEK, 2, 5, "10 cycle days, not 5"),
    ],
)
def test_a_mapping_that_contradicts_itself_is_refused(
    weekdays: tuple[int, ...], weeks: int, cycle_days: int, words: str
) -> None:
    with pytest.raises(BadMappingError, match=words):
        check_mapping(DayMapping(MappingKind.WEEKLY, weekdays, weeks, max(cycle_days, 1), MONDAY))
