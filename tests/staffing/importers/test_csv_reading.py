"""What good CSV files become."""

from datetime import time
from decimal import Decimal

import pytest

from staffing.importers.csv_folder import read_files
from staffing.importers.draft import (
    Kind,
    LessonDraft,
    PeriodDraft,
    RoomDraft,
    SectionDraft,
    SectionPart,
    TeacherDraft,
)
from staffing.importers.findings import NoticeKind
from tests.staffing.importers.sources import FILES, lessons_of, notices_of, read


def test_every_list_is_read() -> None:
    draft = read()
    assert draft.teachers == (
        TeacherDraft("ADE", "Folake Adeyemi", ("Maths", "Physics"), ("Maths",), "Science", Decimal("24.5")),
        TeacherDraft("LUN", "Lars Lund", ("French",)),
    )
    assert draft.sections[0] == SectionDraft("7a", "Class 7a")
    assert draft.sections[2] == SectionDraft("12x", "Twelve", "late")
    assert draft.rooms == (RoomDraft("R1", "Room 1"), RoomDraft("R2", "Room 2"))
    assert draft.subjects == ("French", "Maths", "Physics")
    assert draft.lessons == (
        LessonDraft("1", 1, 1, "", Kind.LESSON, "Maths", ("ADE",), (SectionPart("7a"),), ("R1",)),
    )
    assert draft.notices == ()


def test_bells_are_read_with_their_times() -> None:
    draft = read()
    assert [bell.code for bell in draft.bells] == ["", "late"]
    assert draft.periods_by_slot()["late", 1, 1] == PeriodDraft(1, 1, "Late 1", time(8, 30), time(9, 15))
    assert (draft.weeks, draft.cycle_day_names) == (1, ("Monday", "Tuesday"))


def test_one_id_in_one_slot_is_one_lesson_with_all_of_its_teachers_classes_and_rooms() -> None:
    (lesson,) = lessons_of("1,all,1,1,ADE,7a,Maths,R1,lesson\n1,all,1,1,LUN,7a|7b,Maths,R2,lesson\n")
    assert lesson.teachers == ("ADE", "LUN")
    assert lesson.sections == (SectionPart("7a"), SectionPart("7b"))
    assert lesson.rooms == ("R1", "R2")


def test_a_double_is_two_lessons_of_one_block() -> None:
    first, second = lessons_of("1,all,1,1,ADE,7a,Maths,R1,lesson\n1,all,1,2,ADE,7a,Maths,R1,lesson\n")
    assert (first.block, second.block) == ("1", "1")
    assert (first.period, second.period) == (1, 2)


@pytest.mark.parametrize(
    ("word", "kind"),
    [("lesson", Kind.LESSON), ("duty", Kind.DUTY), ("cover_duty", Kind.STANDBY), ("non_class", Kind.MEETING)],
)
def test_kinds(word: str, kind: Kind) -> None:
    (lesson,) = lessons_of(f"1,all,1,1,ADE,,Something,,{word}\n")
    assert lesson.kind is kind
    assert not lesson.vacant


def test_unstaffed_is_a_standing_vacancy() -> None:
    draft = read("1,all,1,1,,7a,Club,R1,unstaffed\n")
    assert draft.standing_vacancies == draft.lessons
    assert (draft.lessons[0].kind, draft.lessons[0].teachers) == (Kind.LESSON, ())


def test_a_part_of_a_class() -> None:
    (lesson,) = lessons_of("1,all,1,1,ADE,7a:1|7b : boys,Maths,R1,lesson\n")
    assert lesson.sections == (SectionPart("7a", "1"), SectionPart("7b", "boys"))


def test_weeks_a_and_b_make_a_cycle_of_twice_the_days() -> None:
    draft = read(
        "1,A,1,1,ADE,7a,Maths,,lesson\n2,B,1,1,ADE,7b,Maths,,lesson\n3,all,2,1,LUN,7a,French,,lesson\n"
    )
    assert draft.cycle_day_names == ("Monday A", "Tuesday A", "Monday B", "Tuesday B")
    assert [(lesson.block, lesson.cycle_day) for lesson in draft.lessons] == [
        ("1", 1),
        ("3", 2),
        ("2", 3),
        ("3", 4),
    ]
    assert set(draft.periods_by_slot()) >= {("", 4, 2), ("late", 3, 1)}


def test_a_lesson_follows_the_bell_of_its_class() -> None:
    (lesson,) = lessons_of("1,all,1,1,ADE,12x,Maths,,lesson\n")
    assert lesson.bell == "late"


def test_a_lesson_of_two_bells_follows_its_first_class_and_says_so() -> None:
    draft = read("1,all,1,1,ADE,12x|7a,Maths,,lesson\n")
    assert draft.lessons[0].bell == "late"
    assert "12x" in notices_of(draft, NoticeKind.TWO_BELLS)[0]


def test_a_teacher_placed_twice_is_loaded_and_noticed_by_the_clock() -> None:
    # Not the same period of one bell: the second period of 7a begins while 12x still has its first.
    draft = read("1,all,1,2,ADE,7a,Maths,R1,lesson\n2,all,1,1,ADE,12x,Maths,R2,lesson\n")
    assert len(draft.lessons) == 2
    (notice,) = notices_of(draft, NoticeKind.DOUBLE)
    assert "line 3" in notice
    assert "Folake Adeyemi" in notice
    assert "08:45–09:30" in notice


def test_a_double_placing_in_both_weeks_is_told_once() -> None:
    draft = read(
        "1,all,1,1,ADE,7a,Maths,,lesson\n2,all,1,1,ADE,7b,Maths,,lesson\n3,A,2,1,ADE,7b,Maths,,lesson\n"
    )
    assert len(notices_of(draft, NoticeKind.DOUBLE)) == 1


def test_different_weeks_are_no_double_placing() -> None:
    draft = read("1,A,1,1,ADE,7a,Maths,,lesson\n2,B,1,1,ADE,7b,Maths,,lesson\n")
    assert notices_of(draft, NoticeKind.DOUBLE) == []


def test_an_unknown_teacher_is_made_and_noticed_once() -> None:
    draft = read("1,all,1,1,NEW,7a,Maths,,lesson\n2,all,1,2,NEW,7a,Maths,,lesson\n")
    assert draft.teachers[-1] == TeacherDraft("NEW", "NEW")
    assert len(notices_of(draft, NoticeKind.NEW_TEACHER)) == 1


def test_without_lists_the_lessons_alone_decide() -> None:
    draft = read(
        "1,all,1,1,NEW,9z:1,Maths,Attic,lesson\n",
        teachers=None,
        classes=None,
        rooms=None,
    )
    assert draft.teachers == (TeacherDraft("NEW", "NEW"),)
    assert draft.sections == (SectionDraft("9z", "9z"),)
    assert draft.rooms == (RoomDraft("Attic", "Attic"),)
    assert len(notices_of(draft, NoticeKind.LIST_MISSING)) == 3


def test_a_repeated_row_counts_once_and_is_noticed() -> None:
    row = "1,all,1,1,ADE,7a,Maths,R1,lesson\n"
    draft = read(row + row)
    assert len(draft.lessons) == 1
    assert len(notices_of(draft, NoticeKind.REPEATED_ROW)) == 1


def test_a_lesson_without_a_class_is_noticed() -> None:
    draft = read("1,all,1,1,ADE,,Maths,R1,lesson\n")
    assert len(notices_of(draft, NoticeKind.NO_CLASS)) == 1


def test_missing_clock_times_are_filled_by_rule() -> None:
    rows = "".join(f"1,{number},,,,\n" for number in range(1, 8))
    draft = read(
        periods="day,period,day_name,period_name,start,end\n" + rows, periods_late=None, classes=None
    )
    times = [f"{period.starts:%H:%M}-{period.ends:%H:%M}" for period in draft.bells[0].periods]
    assert times == [
        "08:00-08:45",
        "08:50-09:35",
        "09:55-10:40",
        "10:45-11:30",
        "11:35-12:20",
        "12:25-13:10",
        "13:55-14:40",
    ]
    assert draft.day_names == ("Day 1",)
    assert len(notices_of(draft, NoticeKind.DEFAULT_TIMES)) == 1


def test_a_day_that_starts_later_keeps_the_times_of_its_numbers() -> None:
    text = "day,period,day_name,period_name,start,end\n1,1,,,,\n1,2,,,,\n2,2,,,,\n"
    draft = read(periods=text, periods_late=None, classes=None)
    assert draft.periods_by_slot()["", 2, 2].starts == time(8, 50)


@pytest.mark.parametrize("clock", ["8:00", "08.00", "08:00:00"])
def test_clock_times_as_spreadsheets_write_them(clock: str) -> None:
    draft = read(periods=FILES["periods.csv"].replace("08:00", clock))
    assert draft.periods_by_slot()["", 1, 1].starts == time(8)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_delimiters_line_ends_and_byte_order_marks(delimiter: str) -> None:
    files = {
        name: b"\xef\xbb\xbf" + text.replace(",", delimiter).replace("\n", "\r\n").encode()
        for name, text in FILES.items()
    }
    assert read_files(files) == read()


def test_padding_blank_rows_and_spaces_are_nothing() -> None:
    draft = read(
        " 1 , ALL ,1,1,ADE , 7a ,Maths,R1,Lesson,,,\n,,,,,,,,\n\n", rooms="ID,Name,\nR1\n\nR2,Room 2,,\n"
    )
    assert draft.lessons == read().lessons
    assert draft.rooms == (RoomDraft("R1", "R1"), RoomDraft("R2", "Room 2"))


def test_quotes_and_accents_in_either_unicode_form_are_one_name() -> None:
    composed, decomposed = (
        "Fran\u00e7ais, \u201cavanc\u00e9\u201d",
        "Franc\u0327ais, \u201cavance\u0301\u201d",
    )
    draft = read(f'1,all,1,1,ADE,7a,"{composed}",R1,lesson\n1,all,1,2,ADE,7a,"{decomposed}",R1,lesson\n')
    assert len({lesson.subject for lesson in draft.lessons}) == 1
