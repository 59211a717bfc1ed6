"""The clash finder agrees with comparing every two lessons."""

from datetime import time
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.importers.clashes import Clash, Side, clashes
from staffing.importers.draft import (
    BellDraft,
    Kind,
    LessonDraft,
    PeriodDraft,
    SectionPart,
    TimetableDraft,
)

BELLS = (
    BellDraft("", tuple(PeriodDraft(1, n, str(n), time(8 + n), time(9 + n)) for n in range(4))),
    BellDraft("late", tuple(PeriodDraft(1, n, str(n), time(8 + n, 30), time(9 + n, 30)) for n in range(4))),
)


def timetable(lessons: list[LessonDraft]) -> TimetableDraft:
    return TimetableDraft(("Monday",), 1, BELLS, (), (), (), (), tuple(lessons))


def lesson(
    block: str,
    period: int = 0,
    bell: str = "",
    teachers: tuple[str, ...] = (),
    sections: tuple[SectionPart, ...] = (),
    rooms: tuple[str, ...] = (),
) -> LessonDraft:
    return LessonDraft(block, 1, period, bell, Kind.LESSON, "Maths", teachers, sections, rooms)


def test_lessons_that_only_touch_do_not_clash() -> None:
    assert clashes(timetable([lesson("1", 0, teachers=("T",)), lesson("2", 1, teachers=("T",))])) == ()


def test_bells_are_compared_by_the_clock() -> None:
    first, second = lesson("1", 1, teachers=("T",)), lesson("2", 0, "late", teachers=("T",))
    assert clashes(timetable([first, second])) == (Clash(Side.TEACHER, "T", second, first),)


def test_parts_of_a_class_may_be_apart_but_not_from_the_whole() -> None:
    one, two, whole = (
        lesson(block, sections=(SectionPart("7a", part),))
        for block, part in (("1", "1"), ("2", "2"), ("3", ""))
    )
    assert clashes(timetable([one, two])) == ()
    assert len(clashes(timetable([one, two, whole]))) == 2


def test_only_the_sides_that_are_asked_for() -> None:
    both = [lesson("1", teachers=("T",), rooms=("R",)), lesson("2", teachers=("T",), rooms=("R",))]
    assert [clash.side for clash in clashes(timetable(both), (Side.ROOM,))] == [Side.ROOM]


parts = st.builds(SectionPart, st.sampled_from("ab"), st.sampled_from(["", "1", "2"]))
any_lessons = st.lists(
    st.builds(
        lesson,
        block=st.uuids().map(str),
        period=st.integers(0, 3),
        bell=st.sampled_from(["", "late"]),
        teachers=st.lists(st.sampled_from("tuv"), max_size=2, unique=True).map(tuple),
        sections=st.lists(parts, max_size=2, unique=True).map(tuple),
        rooms=st.lists(st.sampled_from("rs"), max_size=2, unique=True).map(tuple),
    ),
    max_size=8,
)


@settings(deadline=None)
@given(any_lessons)
def test_every_pair_is_found_and_no_other(lessons: list[LessonDraft]) -> None:
    draft = timetable(lessons)
    periods = draft.periods_by_slot()
    expected = set()
    for one, other in combinations(lessons, 2):
        first, second = periods[one.slot], periods[other.slot]
        if first.starts < second.ends and second.starts < first.ends:
            pair = frozenset((one.block, other.block))
            expected |= {(Side.TEACHER, code, pair) for code in set(one.teachers) & set(other.teachers)}
            expected |= {(Side.ROOM, code, pair) for code in set(one.rooms) & set(other.rooms)}
            expected |= {
                (Side.SECTION, mine.section, pair)
                for mine in one.sections
                for theirs in other.sections
                if mine.meets(theirs)
            }
    found = [
        (clash.side, clash.code, frozenset((clash.first.block, clash.second.block)))
        for clash in clashes(draft)
    ]
    assert len(found) == len(set(found))
    assert set(found) == expected
