"""Where a CSV timetable comes from: a folder or a zip file, read into a small mapping of file name to bytes.

Nothing is ever unpacked to disk, and only the files of the format are read, so a zip from a stranger can name
whatever paths it likes. Sizes are bounded by what is really read, not by what the zip says of itself.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import IO

from staffing.importers.findings import Findings

Files = Mapping[str, bytes]

LESSONS, PERIODS = "lessons.csv", "periods.csv"
TEACHERS, CLASSES, ROOMS = "teachers.csv", "classes.csv", "rooms.csv"
BELL_FILE = re.compile(r"periods_(?P<bell>.+)\.csv")

LARGEST_FILE = 20_000_000
"""Bytes of one file: about ten times the lessons of the largest school we know of."""
MOST_ENTRIES = 200
"""Entries of one zip, wanted or not."""
MOST_FILES = 40
"""Files of the format in one source: five, and one for each further bell schedule."""
LARGEST_ZIP = 60_000_000
"""Bytes of all files of a zip together, unpacked."""


def bell_file(bell: str) -> str:
    """The file that holds a bell schedule's clock times; the main one has the code ''."""
    return f"periods_{bell}.csv" if bell else PERIODS


def files_of_folder(path: Path, findings: Findings) -> Files:
    """The format's files in a folder; others that lie there are left alone."""
    if not path.is_dir():
        findings.problem(str(path), None, "", "there is no such folder.")
        return {}
    names = sorted(
        entry.name for entry in path.iterdir() if is_timetable_file(entry.name) and entry.is_file()
    )
    files: dict[str, bytes] = {}
    for name in _few_enough(names, str(path), findings):
        with (path / name).open("rb") as stream:
            content = _bounded(stream, name, findings)
        if content is not None:
            files[name] = content
    return files


def files_of_zip(stream: IO[bytes], name: str, findings: Findings) -> Files:
    """The format's files in a zip, at its top or together in one folder of it."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return _files_of_archive(archive, name, findings)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        # Broken, cut short, encrypted, or packed in a way that this Python can't unpack.
        findings.problem(name, None, "", "this zip can't be read: pack it again, without a password.")
        return {}


def _files_of_archive(archive: zipfile.ZipFile, name: str, findings: Findings) -> Files:
    if len(archive.infolist()) > MOST_ENTRIES:
        findings.problem(
            name, None, "", f"the zip has more than {MOST_ENTRIES} entries: pack only the timetable."
        )
        return {}
    wanted: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        place = PurePosixPath(entry.filename.replace("\\", "/"))
        if entry.is_dir() or "__MACOSX" in place.parts or not is_timetable_file(place.name):
            continue
        if place.name in wanted:
            findings.problem(name, None, "", f"the zip holds {place.name} twice: pack one timetable only.")
        wanted[place.name] = entry
    files: dict[str, bytes] = {}
    for wanted_name in _few_enough(sorted(wanted), name, findings):
        with archive.open(wanted[wanted_name]) as member:
            content = _bounded(member, wanted_name, findings)
        if content is not None:
            files[wanted_name] = content
        if sum(map(len, files.values())) > LARGEST_ZIP:
            findings.problem(
                name, None, "", f"unpacked, the files are larger than {LARGEST_ZIP // 1_000_000} MB."
            )
            return {}
    return files


def is_timetable_file(name: str) -> bool:
    """Whether the format has a file of this name."""
    return name in {LESSONS, PERIODS, TEACHERS, CLASSES, ROOMS} or BELL_FILE.fullmatch(name) is not None


def _few_enough(names: list[str], source: str, findings: Findings) -> Iterable[str]:
    if len(names) > MOST_FILES:
        findings.problem(source, None, "", f"there are more than {MOST_FILES} timetable files here.")
        return ()
    return names


def _bounded(stream: IO[bytes], name: str, findings: Findings) -> bytes | None:
    content = stream.read(LARGEST_FILE + 1)
    if len(content) <= LARGEST_FILE:
        return content
    findings.problem(name, None, "", f"the file is larger than {LARGEST_FILE // 1_000_000} MB.")
    return None
