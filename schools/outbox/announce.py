"""Write a message in the transaction that causes it."""

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from schools.models import OutboxMessage

Nudge = Callable[[], None]
_nudges: list[Nudge] = []


def register_nudge(nudge: Nudge) -> None:
    """Name what is called after each commit that left a message behind. It may fail: the row is delivered all the same."""
    _nudges[:] = [nudge]


def announce(
    topic: str, *, district_id: int, school_id: int | None, payload: dict[str, Any], once: str = ""
) -> None:
    """Put a message into the outbox. `payload` holds ids only; with `once`, a second message of that text is not written."""
    OutboxMessage.objects.bulk_create(
        [
            OutboxMessage(
                district_id=district_id,
                school_id=school_id,
                topic=topic,
                payload=payload,
                once=once,
                due_at=timezone.now(),
            )
        ],
        ignore_conflicts=bool(once),
    )
    waiting = [entry[1] for entry in connection.run_on_commit]
    for nudge in _nudges:
        if nudge not in waiting:
            transaction.on_commit(nudge, robust=True)
