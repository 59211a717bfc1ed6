"""Three schools' own timetables load whole, with the counts that their notes give."""

from datetime import date, time

import pytest

from staffing.importers.csv_folder import read_files, read_folder
from staffing.importers.csv_writer import files_of_draft
from staffing.importers.days import MappingKind, choose_mapping
from staffing.importers.draft import Kind, LessonDraft, TimetableDraft
from staffing.importers.findings import NoticeKind
from tests.staffing.importers.real_schools import FOLDER

SPAIN, HONG_KONG, GERMANY = "es_ies_2020_21", "hk_secondary_2020", "de_secondary_1"


@pytest.fixture(scope="module")
def schools() -> dict[str, TimetableDraft]:
    return {name: read_folder(FOLDER / name) for name in (SPAIN, HONG_KONG, GERMANY)}


def lessons(draft: TimetableDraft, kind: Kind = Kind.LESSON) -> list[LessonDraft]:
    return [lesson for lesson in draft.lessons if lesson.kind is kind and not lesson.vacant]


def co_taught(draft: TimetableDraft) -> int:
    return sum(len(lesson.teachers) > 1 for lesson in lessons(draft))


def test_spain(schools: dict[str, TimetableDraft]) -> None:
    draft = schools[SPAIN]
    teaching = {code for lesson in lessons(draft) for code in lesson.teachers}
    standby = lessons(draft, Kind.STANDBY)
    assert (len(draft.teachers), len(teaching)) == (89, 88)
    assert len(lessons(draft)) == 1234
    assert len(standby) == 221
    assert len({code for lesson in standby for code in lesson.teachers}) == 71
    assert sum(len(meeting.teachers) for meeting in lessons(draft, Kind.MEETING)) == 35
    assert co_taught(draft) == 87
    assert sum(not lesson.rooms for lesson in lessons(draft)) == 1
    assert draft.day_names == ("Lunes", "Martes", "Miércoles", "Jueves", "Viernes")
    assert "Biología y Geología" in draft.subjects
    assert draft.notices == ()


def test_spain_rings_two_bells_at_once(schools: dict[str, TimetableDraft]) -> None:
    draft = schools[SPAIN]
    periods = draft.periods_by_slot()
    assert [bell.code for bell in draft.bells] == ["", "fp"]
    assert {section.bell for section in draft.sections} == {"", "fp"}
    assert periods["", 1, 3].starts == time(10, 30)
    assert periods["fp", 1, 3].starts == time(10, 15)
    assert {lesson.bell for lesson in lessons(draft)} == {"", "fp"}


def test_hong_kong(schools: dict[str, TimetableDraft]) -> None:
    draft = schools[HONG_KONG]
    assert len(draft.teachers) == 55
    assert len(lessons(draft)) == 1266
    assert co_taught(draft) == 24
    assert len(draft.standing_vacancies) == 8
    assert all(not vacancy.teachers for vacancy in draft.standing_vacancies)
    assert sum(not lesson.rooms for lesson in lessons(draft) for _ in lesson.teachers) == 68
    assert sum(len(lesson.teachers) for lesson in lessons(draft) if len(lesson.sections) > 1) == 387
    assert draft.notices == ()


def test_hong_kong_has_six_days_that_rotate(schools: dict[str, TimetableDraft]) -> None:
    draft = schools[HONG_KONG]
    mapping = choose_mapping(days_in_week=len(draft.day_names), weeks=draft.weeks, anchor=date(2020, 9, 1))
    assert draft.cycle_day_names == ("DAY 1", "DAY 2", "DAY 3", "DAY 4", "DAY 5", "DAY 6")
    assert (mapping.kind, mapping.cycle_days) == (MappingKind.ROTATING, 6)


def test_germany_gets_clock_times_by_rule(schools: dict[str, TimetableDraft]) -> None:
    draft = schools[GERMANY]
    assert len(draft.teachers) == 33
    assert len(lessons(draft)) == 630
    assert co_taught(draft) == 20
    assert sum(not lesson.rooms for lesson in lessons(draft) for _ in lesson.teachers) == 410
    assert sum(len(lesson.teachers) for lesson in lessons(draft) if len(lesson.sections) > 1) == 70
    assert [notice.kind for notice in draft.notices] == [NoticeKind.DEFAULT_TIMES]
    assert [f"{period.starts:%H:%M}" for period in draft.bells[0].periods[:6]] == [
        "08:00",
        "08:50",
        "09:55",
        "10:45",
        "11:35",
        "12:25",
    ]
    assert {teacher.code: teacher.target_hours for teacher in draft.teachers}["Agnes"] == 15


@pytest.mark.parametrize("name", [SPAIN, HONG_KONG, GERMANY])
def test_written_out_they_read_the_same(schools: dict[str, TimetableDraft], name: str) -> None:
    assert read_files(files_of_draft(schools[name])) == schools[name]
