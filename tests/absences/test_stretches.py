"""Time away, as a calculation."""

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from absences.stretches import Stretch, merged, minutes_lost, overlap, within

MIDNIGHT = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


def _stretch(pair: tuple[int, int]) -> Stretch:
    start, length = pair
    return MIDNIGHT + dt.timedelta(minutes=start), MIDNIGHT + dt.timedelta(minutes=start + length)


STRETCHES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)).map(_stretch), max_size=5)


def _minutes(stretches: list[Stretch] | tuple[Stretch, ...]) -> set[int]:
    """The minutes in them, counted one by one: slow, and plainly right."""
    return {
        minute
        for start, end in stretches
        for minute in range(int((start - MIDNIGHT).seconds / 60), int((end - MIDNIGHT).seconds / 60))
    }


@given(STRETCHES, STRETCHES)
def test_two_overlap_exactly_when_they_share_a_minute(some: list[Stretch], others: list[Stretch]) -> None:
    assert overlap(some, others) == bool(_minutes(some) & _minutes(others)) == overlap(others, some)


@given(STRETCHES, STRETCHES)
def test_one_lies_within_another_exactly_when_it_adds_no_minute(
    some: list[Stretch], others: list[Stretch]
) -> None:
    assert within(some, others) == (_minutes(some) <= _minutes(others))


@given(STRETCHES)
def test_merging_keeps_the_time_and_leaves_no_two_that_touch(stretches: list[Stretch]) -> None:
    found = merged(stretches)
    assert _minutes(found) == _minutes(stretches)
    assert all(earlier[1] < later[0] for earlier, later in itertools.pairwise(found))


@given(STRETCHES, st.tuples(st.integers(0, 60), st.integers(1, 30)).map(_stretch))
def test_the_minutes_lost_are_those_shared(away: list[Stretch], lesson: Stretch) -> None:
    assert minutes_lost(lesson, away) == len(_minutes([lesson]) & _minutes(away))
