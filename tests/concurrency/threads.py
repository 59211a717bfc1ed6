"""Threads that do something at the same moment, each with a database connection of its own."""

import threading
from collections.abc import Callable
from typing import TypeVar

from django.db import connection

_R = TypeVar("_R")
LIMIT = 30.0
"""Seconds after which a thread that has not ended has failed."""


def at_once(*deeds: Callable[[], _R]) -> list[_R | Exception]:
    """What each deed gave or raised, in the order of the deeds. All begin together."""
    start = threading.Barrier(len(deeds), timeout=LIMIT)
    results: dict[int, _R | Exception] = {}

    def run(place: int, deed: Callable[[], _R]) -> None:
        try:
            start.wait()
            results[place] = deed()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    return [results[place] for place in range(len(deeds))]
