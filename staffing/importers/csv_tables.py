"""One CSV file as rows of named cells, however a spreadsheet program wrote it.

Commas, semicolons or tabs, a byte order mark or none, any line ends. Cells are stripped and brought to one
Unicode form (NFC), so that “é” typed in two ways is one name. Text must be UTF-8.
"""

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from staffing.importers.findings import Findings

LONGEST_CODE, LONGEST_NAME = 80, 120
"""Characters that the database's columns for codes and for names hold."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its line in the file; every known column has a cell, empty where the file has none."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read_table(
    file: str,
    content: bytes,
    *,
    required: Sequence[str],
    optional: Sequence[str] = (),
    findings: Findings,
) -> list[Row] | None:
    """The rows of a file, or None where it can't be read as a table; what is wrong goes to `findings`."""
    text = _decoded(file, content, findings)
    numbered = None if text is None else _cells(file, text, findings)
    if numbered is None:
        return None
    (_line, header), *lines = numbered or [(1, [])]
    columns = [name.lower() for name in _without_trailing_blanks(header)]
    if not _header_is_good(file, columns, required, optional, findings):
        return None
    absent = dict.fromkeys([*required, *optional], "")
    rows: list[Row] = []
    for line, padded in lines:
        cells = _without_trailing_blanks(padded)
        if len(cells) > len(columns):
            reason = f"the row has {len(cells)} cells, the first line names only {len(columns)} columns."
            findings.problem(file, line, "", f"{reason} Put text that holds the separator in double quotes.")
        elif cells:
            rows.append(Row(line, absent | dict(zip(columns, cells, strict=False))))
    return rows


def names_in(cell: str) -> tuple[str, ...]:
    """The names of a cell joined with `|`, each once, in their order."""
    if "|" not in cell:
        return (cell,) if cell else ()
    return tuple(dict.fromkeys(name for part in cell.split("|") if (name := part.strip())))


def too_long(file: str, row: Row, longest: Mapping[str, int], findings: Findings) -> bool:
    """Report names with more characters than `longest` allows in their column; whether there were any."""
    bad = False
    for column, limit in longest.items():
        cell = row[column]
        # Most cells are short as a whole; only long ones are worth taking apart.
        if len(cell) > limit and any(len(name) > limit for name in names_in(cell)):
            findings.problem(file, row.line, column, f"longer than {limit} characters: shorten it.")
            bad = True
    return bad


def _decoded(file: str, content: bytes, findings: Findings) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        findings.problem(file, line, "", "this is not UTF-8 text: save the file as “CSV UTF-8”.")
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        findings.problem(file, line, "", "there is a NUL character here: save the file as “CSV UTF-8”.")
        return None
    return unicodedata.normalize("NFC", text)


def _cells(file: str, text: str, findings: Findings) -> list[tuple[int, list[str]]] | None:
    """Each row's cells with the line on which it begins; None where quotes make that impossible to tell."""
    first_line = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first_line.count)
    # Not splitlines(): that also breaks at characters which may stand in a name.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, strict=True)
    numbered: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            numbered.append((begins, [cell.strip() for cell in cells]))
            begins = reader.line_num + 1
    except csv.Error:
        findings.problem(file, begins, "", "a double quote is not closed, or stands inside a cell.")
        return None
    return numbered


def _without_trailing_blanks(cells: list[str]) -> list[str]:
    """Spreadsheet programs pad rows with empty cells to the widest row."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _header_is_good(
    file: str, columns: list[str], required: Sequence[str], optional: Sequence[str], findings: Findings
) -> bool:
    known = [*required, *optional]
    reasons = dict.fromkeys(required, "this column is missing: the first line must name it.")
    for name in columns:
        reasons.pop(name, None)
        if name not in known:
            reasons[name or "(blank)"] = f"this column is not known; known are {', '.join(known)}."
        elif columns.count(name) > 1:
            reasons[name] = "this column is there twice."
    for name, reason in reasons.items():
        findings.problem(file, 1, name, reason)
    return not reasons
