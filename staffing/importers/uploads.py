"""A timetable as somebody sent it: one zip, or its files one by one."""

import io
from collections.abc import Sequence

from staffing.importers.csv_folder import read_files, read_zip
from staffing.importers.csv_sources import is_timetable_file
from staffing.importers.draft import TimetableDraft
from staffing.importers.findings import Findings

Sent = Sequence[tuple[str, bytes]]
"""Names, without folders, and contents."""


def read_sent(files: Sent) -> TimetableDraft:
    """The timetable in what was sent. Raises ImportRefused with every problem."""
    if len(files) == 1 and _is_zip(files[0][0]):
        name, content = files[0]
        return read_zip(io.BytesIO(content), name)
    findings = Findings()
    names = [name for name, _content in files]
    for name in dict.fromkeys(names):
        if reason := _wrong_with(name, names.count(name)):
            findings.problem(name, None, "", reason)
    findings.refuse_if_bad()
    return read_files(dict(files))


def _wrong_with(name: str, times: int) -> str:
    if _is_zip(name):
        return "send one zip alone, or all files without it."
    if not is_timetable_file(name):
        return "this is not a timetable's file; those are called lessons.csv, periods.csv and so on."
    return "this file was sent twice." if times > 1 else ""


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")
