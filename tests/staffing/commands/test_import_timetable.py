"""`import-timetable`, as an operator calls it."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from schools.models import CalendarDay, School
from schools.tenancy.door import tenant
from staffing.models import Lesson, Post, Timetable
from staffing.selectors.day import lessons_on
from tests.staffing.drafts import A_MONDAY, FROM, blank_school, scope_of
from tests.staffing.importers.sources import FILES, LESSON_HEADER
from tests.world import World


@pytest.fixture
def school(world: World) -> School:
    return blank_school(world)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def run(path: Path, *options: str, school: str = "new", **named: Any) -> str:
    """What the command prints; the first Monday of September unless another date is given."""
    out = StringIO()
    if "--effective-from" not in options:
        options = (*options, "--effective-from", FROM.isoformat())
    call_command("import_timetable", school, str(path), *options, stdout=out, **named)
    return out.getvalue()


def test_a_folder_is_loaded(school: School, folder: Path) -> None:
    said = run(folder)
    assert "Loaded from 2026-09-01: 1 lesson." in said
    assert "Folake Adeyemi" in said
    with tenant(scope_of(school)):
        assert [lesson.subject for lesson in lessons_on(school, A_MONDAY)] == ["Maths"]


def test_without_a_date_it_counts_from_today(school: School, folder: Path) -> None:
    call_command("import_timetable", "new", str(folder), stdout=StringIO())
    with tenant(scope_of(school)):
        timetable = Timetable.objects.get()
        assert timetable.effective_from == timetable.imported_at.astimezone(school.zone).date()


def test_a_dry_run_writes_nothing(school: School, folder: Path) -> None:
    said = run(folder, "--dry-run")
    assert "the first timetable; lessons: 1." in said
    assert said.endswith("Nothing was written.\n")
    with tenant(scope_of(school)):
        assert not Timetable.objects.exists()
        assert not Post.objects.exists()
        assert not CalendarDay.objects.exists()


def test_a_dry_run_says_what_changes(school: School, folder: Path) -> None:
    run(folder)
    (folder / "lessons.csv").write_text(LESSON_HEADER + "1,all,1,1,LUN,7a,Maths,R2,lesson\n")
    said = run(folder, "--dry-run").splitlines()
    assert "0 added, 0 gone, 1 changed." in said
    assert "Lars Lund: 1 new, 0 gone, 0 changed" in said
    assert "  new: Monday, First (08:00–08:45): Maths 7a in R2" in said
    assert "  gone: Monday, First (08:00–08:45): Maths 7a in R1" in said


def test_every_bad_row_is_printed_and_nothing_written(school: School, folder: Path) -> None:
    rows = "1,all,1,1,ADE,7a,Maths,R1,lesson\n2,all,9,1,ADE,7a,Maths,R1,lesson\n3,all,1,1,,7a,,R1,lesson\n"
    (folder / "lessons.csv").write_text(LESSON_HEADER + rows)
    errors = StringIO()
    with pytest.raises(CommandError, match="Nothing was written: 3 places"):
        run(folder, stderr=errors)
    assert [line.split(":")[0] for line in errors.getvalue().splitlines()] == [
        "lessons.csv, line 3, day",
        "lessons.csv, line 4, subject",
        "lessons.csv, line 4, teacher",
    ]
    with tenant(scope_of(school)):
        assert not Timetable.objects.exists()
        assert not Post.objects.exists()


def test_bad_rows_are_there_for_programs_too(school: School, folder: Path) -> None:
    (folder / "lessons.csv").write_text(LESSON_HEADER + "1,all,9,1,ADE,7a,Maths,R1,lesson\n")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_timetable", "new", str(folder), "--json", stdout=out, stderr=StringIO())
    (problem,) = json.loads(out.getvalue())["problems"]
    assert (problem["file"], problem["line"], problem["column"]) == ("lessons.csv", 2, "day")


def test_json_tells_what_was_loaded(school: School, folder: Path) -> None:
    told = json.loads(run(folder, "--json"))
    assert told["counts"] == {"lesson": 1}
    assert told["people_created"] == ["Folake Adeyemi", "Lars Lund"]
    assert told["effective_from"] == "2026-09-01"


def test_vacancies_and_notices_are_told_before_and_after(school: School, folder: Path) -> None:
    rows = (
        "1,all,1,1,ADE,7a,Maths,R1,lesson\n2,all,1,1,ADE,7b,Art,R2,lesson\n3,all,1,2,,7b,Chess,,unstaffed\n"
    )
    (folder / "lessons.csv").write_text(LESSON_HEADER + rows)
    for said in (run(folder, "--dry-run"), run(folder)):
        assert "  Monday, Second (08:45–09:30): Chess 7b\n" in said
        assert "Folake Adeyemi is placed twice on Monday" in said
    for told in (json.loads(run(folder, "--dry-run", "--json")), json.loads(run(folder, "--json"))):
        assert told["vacancies"] == ["Monday, Second (08:45–09:30): Chess 7b"]
        assert [notice["kind"] for notice in told["notices"]] == ["double"]


def test_json_tells_the_difference(school: School, folder: Path) -> None:
    told = json.loads(run(folder, "--json", "--dry-run"))
    assert (told["added"], told["lessons_before"], told["new_people"]) == (
        1,
        0,
        ["Folake Adeyemi", "Lars Lund"],
    )


def test_an_unknown_school_is_told_with_the_known_ones(world: World, folder: Path) -> None:
    with pytest.raises(CommandError, match=r"no school “okk”.* oak"):
        run(folder, school="okk")


def test_a_school_is_found_in_any_district(world: World, folder: Path) -> None:
    run(folder, school="fir")
    with tenant(world.fir.scope):
        assert Timetable.objects.filter(source="csv").count() == 2
    with tenant(world.oak.scope):
        assert Timetable.objects.count() == 1


def test_the_days_can_be_named(school: School, folder: Path) -> None:
    said = run(folder, "--days", "sun,mon")
    assert "Days: Sunday, Monday." in said
    with tenant(scope_of(school)):
        assert lessons_on(school, A_MONDAY) == []
        assert CalendarDay.objects.get(date=A_MONDAY).cycle_day == 2


def test_the_days_can_rotate_from_an_anchor(school: School, folder: Path) -> None:
    run(folder, "--rotate", "--anchor", "2026-09-08")
    with tenant(scope_of(school)):
        days = CalendarDay.objects.filter(is_open=True, date__gte=A_MONDAY).order_by("date")[:4]
        assert [day.cycle_day for day in days] == [2, 1, 2, 1]


def test_too_few_days_are_refused(school: School, folder: Path) -> None:
    with pytest.raises(CommandError, match="2 days, but 3 weekdays"):
        run(folder, "--days", "mon,tue,wed")


def test_days_and_dates_must_be_some(school: School, folder: Path) -> None:
    with pytest.raises(CommandError, match="not a list of weekdays"):
        run(folder, "--days", "mon,xyz")
    with pytest.raises(CommandError, match="not a date"):
        run(folder, "--effective-from", "tomorrow")


def test_formats_that_cannot_be_read_are_not_offered(school: School, folder: Path) -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        run(folder, "--format", "untis")


def test_a_folder_that_is_not_there(school: School, tmp_path: Path) -> None:
    errors = StringIO()
    with pytest.raises(CommandError, match="Nothing was written"):
        run(tmp_path / "nowhere", stderr=errors)
    assert "no such folder" in errors.getvalue()
    with tenant(scope_of(school)):
        assert not Lesson.objects.exists()
