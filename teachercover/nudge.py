"""After a commit that left a message behind: tell a worker to look now.

The worker looks every few seconds anyway, so a broker that is away costs a moment once and nothing for the next half minute.
"""

import time

from kombu.exceptions import OperationalError

from .celery import app

QUIET_SECONDS = 30.0
_quiet_until = [0.0]


def nudge() -> None:
    """Send the task; never raises because the broker is away."""
    if time.monotonic() < _quiet_until[0]:
        return
    try:
        app.send_task("schools.deliver_outbox", retry=False)
    except OperationalError:
        _quiet_until[0] = time.monotonic() + QUIET_SECONDS
