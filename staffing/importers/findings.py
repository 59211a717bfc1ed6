"""What a reader found: problems, which refuse the import, and notices, which don't."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Problem:
    """A bad place in the source. `line` counts from 1, as an editor does; None means the whole file."""

    file: str
    line: int | None
    column: str
    reason: str

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f", line {self.line}"
        if self.column:
            place += f", {self.column}"
        return f"{place}: {self.reason}"


class NoticeKind(StrEnum):
    """Why something is worth a word, so that a report can group."""

    DOUBLE = "double"
    DEFAULT_TIMES = "default_times"
    NEW_TEACHER = "new_teacher"
    LIST_MISSING = "list_missing"
    TWO_BELLS = "two_bells"
    REPEATED_ROW = "repeated_row"
    NO_CLASS = "no_class"
    POST_DATES = "post_dates"
    LATER_VERSION = "later_version"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something loaded all the same, and worth knowing."""

    kind: NoticeKind
    file: str
    line: int | None
    text: str

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.text}"
            if self.line is None
            else f"{self.file}, line {self.line}: {self.text}"
        )


class ImportRefused(Exception):
    """The source has bad places, all of them in `problems`; nothing of it may be written."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


class Findings:
    """Collects problems and notices while a source is read; the same finding counts once."""

    def __init__(self) -> None:
        # Dictionaries, not sets: they keep the order in which things were found.
        self._problems: dict[Problem, None] = {}
        self._notices: dict[Notice, None] = {}

    def problem(self, file: str, line: int | None, column: str, reason: str) -> None:
        self._problems[Problem(file, line, column, reason)] = None

    def notice(self, kind: NoticeKind, file: str, line: int | None, text: str) -> None:
        self._notices[Notice(kind, file, line, text)] = None

    @property
    def notices(self) -> tuple[Notice, ...]:
        return tuple(self._notices)

    def refuse_if_bad(self) -> None:
        """Raise ImportRefused with every problem, file by file and line by line, if there is any."""
        if self._problems:
            raise ImportRefused(
                tuple(sorted(self._problems, key=lambda problem: (problem.file, problem.line or 0)))
            )
