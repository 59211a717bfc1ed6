"""Once more, when the database ended a transaction because two of them waited for each other.

It goes round a whole outermost door: what the ended transaction had written is gone, so doing it again is doing it once.
"""

from django.db import OperationalError
from psycopg.errors import DeadlockDetected, SerializationFailure
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random_exponential

TRIES = 4


def _ended_for_another(error: BaseException) -> bool:
    return isinstance(error, OperationalError) and isinstance(
        error.__cause__, DeadlockDetected | SerializationFailure
    )


once_more = retry(
    retry=retry_if_exception(_ended_for_another),
    stop=stop_after_attempt(TRIES),
    wait=wait_random_exponential(multiplier=0.05, max=1),
    reraise=True,
)
"""Decorates a function that opens its own outermost door: tried again with growing, jittered pauses, four times in all."""
