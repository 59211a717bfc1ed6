"""What has to happen now and then without anybody asking: offers expire, calendars are continued.

Each duty looks up its own work in the database and may run twice at once without harm; it opens its own doors.
"""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

Duty = Callable[[dt.datetime], object]
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Registered:
    duty: Duty
    every: dt.timedelta
    due_at: dt.datetime | None = None


_duties: dict[str, _Registered] = {}


def register_duty(name: str, duty: Duty, *, every: dt.timedelta = dt.timedelta(0)) -> None:
    """Have this called with the current time, at most once per `every` in each process; by default in every round."""
    _duties[name] = _Registered(duty, every)


def perform_duties(now: dt.datetime) -> list[str]:
    """Call the duties that are due and give back the names of those that failed; they are due again in the next round."""
    failed = []
    for name, registered in _duties.items():
        if registered.due_at is not None and now < registered.due_at:
            continue
        try:
            registered.duty(now)
        except Exception:  # one duty's trouble is not the others'
            _log.exception("the duty “%s” failed", name)
            failed.append(name)
        else:
            registered.due_at = now + registered.every
    return failed
