"""A folder written from a draft is the format that schools bring."""

from pathlib import Path

from staffing.importers.csv_folder import read_folder
from staffing.importers.csv_writer import write_folder
from tests.staffing.importers.sources import read


def test_a_folder_reads_back_as_it_was(tmp_path: Path) -> None:
    draft = read(
        "1,all,1,1,ADE,7a:1,Maths,R1,lesson\n1,all,1,1,LUN,7a:1,Maths,R1,lesson\n2,B,1,1,,12x,Club,,unstaffed\n"
        "3,A,1,2,ADE,,Standby,,cover_duty\n4,all,2,2,LUN,,Meeting,R2,non_class\n5,all,2,1,ADE,,Gate,,duty\n"
    )
    write_folder(draft, tmp_path / "new" / "folder")
    assert read_folder(tmp_path / "new" / "folder") == draft


def test_a_lesson_of_both_weeks_is_one_row(tmp_path: Path) -> None:
    write_folder(read("1,all,1,1,ADE,7a,Maths,R1,lesson\n2,B,2,1,LUN,7a,French,,lesson\n"), tmp_path)
    assert (tmp_path / "lessons.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "1,all,1,1,ADE,7a,Maths,R1,lesson",
        "2,B,2,1,LUN,7a,French,,lesson",
    ]
