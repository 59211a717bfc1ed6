"""Drain the outbox: at least once, a while apart when something is in the way, and given up after a day.

Claiming is a short transaction of its own: it counts the try and hides the message for a while, so that a process that dies in
the middle loses nothing and two processes never hold the same message.
"""

import datetime as dt
import logging
import re
from dataclasses import dataclass
from random import SystemRandom

from django.utils import timezone

from schools.models import OutboxMessage
from schools.models.outbox import OutboxState
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope

from .channels import Notice, channels_of

BATCH = 20
LEASE = dt.timedelta(minutes=5)
MAX_ATTEMPTS = 12
FIRST_WAIT = dt.timedelta(seconds=20)
LONGEST_WAIT = dt.timedelta(hours=6)

_log = logging.getLogger(__name__)
_dice = SystemRandom()


@dataclass(slots=True)
class Tally:
    """What one round did: messages sent, to be tried again, given up."""

    sent: int = 0
    retried: int = 0
    dead: int = 0

    @property
    def failed(self) -> int:
        return self.retried + self.dead


@dataclass(frozen=True, slots=True)
class _Claim:
    message_id: int
    attempts: int
    notice: Notice

    @property
    def scope(self) -> Scope:
        """The door in which this message is worked on: its school, or its district."""
        notice = self.notice
        if notice.school_id is None:
            return Scope.district(notice.district_id)
        return Scope.schools(notice.district_id, [notice.school_id])


def deliver_due(*, limit: int | None = None) -> Tally:
    """Deliver what is due, oldest first, at most `limit` messages. Never raises for a message that fails."""
    tally, left = Tally(), limit
    while claims := _claim(BATCH if left is None else min(BATCH, left)):
        for claim in claims:
            _deliver(claim, tally)
        if left is not None:
            left -= len(claims)
    return tally


def _claim(most: int) -> list[_Claim]:
    now = timezone.now()
    with tenant(Scope.system()):
        due = OutboxMessage.objects.filter(state=OutboxState.PENDING, due_at__lte=now).order_by(
            "due_at", "pk"
        )
        rows = list(due.select_for_update(skip_locked=True)[:most])
        for row in rows:
            row.attempts += 1
            row.due_at = now + LEASE
        OutboxMessage.objects.bulk_update(rows, ["attempts", "due_at"])
        return [_Claim(row.pk, row.attempts, _notice(row)) for row in rows]


def _deliver(claim: _Claim, tally: Tally) -> None:
    try:
        with tenant(claim.scope):
            deliveries = [
                delivery for channel in channels_of(claim.notice.topic) for delivery in channel(claim.notice)
            ]
        for delivery in deliveries:
            delivery.send()
    except Exception as error:  # whatever it is, the other messages must not wait for it
        _put_back(claim, error, tally)
    else:
        _set(claim, state=OutboxState.SENT, sent_at=timezone.now(), last_error="")
        tally.sent += 1


def _put_back(claim: _Claim, error: Exception, tally: Tally) -> None:
    words = _without_addresses(f"{type(error).__name__}: {error}")
    _log.warning("message %s (%s) failed: %s", claim.notice.uuid, claim.notice.topic, words)
    if claim.attempts >= MAX_ATTEMPTS:
        _set(claim, state=OutboxState.DEAD, last_error=words)
        tally.dead += 1
    else:
        _set(claim, due_at=timezone.now() + wait_after(claim.attempts), last_error=words)
        tally.retried += 1


def wait_after(attempts: int) -> dt.timedelta:
    """How long to wait after so many failed tries: doubled each time, give or take a half, six hours at most."""
    doubled = FIRST_WAIT * 2 ** (attempts - 1)
    wait: dt.timedelta = min(doubled, LONGEST_WAIT) * _dice.uniform(0.5, 1.5)
    return wait


def _set(claim: _Claim, **values: object) -> None:
    """Write the outcome, unless the message was claimed again meanwhile because this try took too long."""
    with tenant(claim.scope):
        OutboxMessage.objects.filter(
            pk=claim.message_id, state=OutboxState.PENDING, attempts=claim.attempts
        ).update(**values)


def _notice(row: OutboxMessage) -> Notice:
    return Notice(row.uuid, row.topic, row.district_id, row.school_id, row.payload, row.created_at)


def _without_addresses(text: str) -> str:
    return re.sub(r"\S+@\S+", "…", text)[:500]
