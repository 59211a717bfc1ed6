"""A folder and a zip of it are the same timetable; a zip from a stranger does no harm."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from staffing.importers import csv_sources
from staffing.importers.csv_folder import read_folder, read_zip
from staffing.importers.findings import ImportRefused
from tests.staffing.importers.sources import FILES, read


def zipped(files: Mapping[str, str]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    packed.seek(0)
    return packed


def refusal(stream: io.BytesIO) -> str:
    with pytest.raises(ImportRefused) as refused:
        read_zip(stream, "upload.zip")
    return str(refused.value)


def test_a_folder(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "notes.txt").write_bytes(b"\xff not ours")
    (tmp_path / "rooms.csv.d").mkdir()
    assert read_folder(tmp_path) == read()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="no such folder"):
        read_folder(tmp_path / "nowhere")


@pytest.mark.parametrize("prefix", ["", "school/", "school\\", "../../../"])
def test_a_zip(prefix: str) -> None:
    assert read_zip(zipped({prefix + name: text for name, text in FILES.items()}), "x.zip") == read()


def test_a_zip_given_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "school.zip"
    path.write_bytes(zipped(FILES).getvalue())
    assert read_folder(path) == read()


def test_what_a_mac_adds_to_a_zip_is_left_alone() -> None:
    assert read_zip(zipped({**FILES, "__MACOSX/school/lessons.csv": "\0"}), "x.zip") == read()


def test_two_timetables_in_one_zip() -> None:
    both = {f"{folder}/{name}": text for folder in ("old", "new") for name, text in FILES.items()}
    assert "holds lessons.csv twice" in refusal(zipped(both))


def test_something_that_is_no_zip() -> None:
    assert "can't be read" in refusal(io.BytesIO(b"PK but no more"))


def test_a_zip_that_is_damaged_inside() -> None:
    content = bytearray(zipped(FILES).getvalue())
    start = content.index(b"periods.csv") + len("periods.csv")
    content[start : start + 12] = b"\xff" * 12
    assert "can't be read" in refusal(io.BytesIO(bytes(content)))


def test_a_zip_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_sources, "LARGEST_FILE", 1_000_000)
    assert "larger than 1 MB" in refusal(zipped({**FILES, "rooms.csv": "0" * 1_000_001}))


def test_a_zip_with_too_many_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_sources, "MOST_ENTRIES", 5)
    assert "more than 5 entries" in refusal(zipped(FILES))


def test_a_zip_with_too_many_bells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_sources, "MOST_FILES", 5)
    assert "more than 5 timetable files" in refusal(zipped(FILES))


def test_a_zip_whose_files_are_too_much_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_sources, "LARGEST_ZIP", 300)
    assert "unpacked, the files are larger" in refusal(zipped(FILES))
