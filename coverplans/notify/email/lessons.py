"""Lessons as mails list them, by the school's own clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from coverplans.models import Assignment
from coverplans.selectors.texts import span_text


@dataclass(frozen=True, slots=True)
class LessonLine:
    """`08:00–08:50`, `7a Maths`, `R14`, `A. Lee`."""

    when: str
    what: str
    room: str
    absent: str


def lesson_lines(rows: Iterable[Assignment], zone: ZoneInfo) -> list[LessonLine]:
    """The lessons of these assignments in the order of the day. They carry their needs."""
    return [
        LessonLine(
            when=span_text(row.starts_at, row.ends_at, zone),
            what=" ".join(f"{row.need.sections} {row.need.subject or row.need.kind}".split()),
            room=row.need.room,
            absent=row.need.absent_name,
        )
        for row in sorted(rows, key=lambda row: (row.starts_at, row.pk))
    ]
