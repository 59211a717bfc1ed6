"""News that travels upwards: a lower app announces, `teachercover/wiring.py` connects what a higher app does about it.

No signals and no late imports: what happens when an absence is reported can be read in one file.
"""

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Hook(Generic[P]):
    """A place where other apps join in. Listeners run at once, in the same transaction, in the order they were connected."""

    def __init__(self) -> None:
        self._listeners: list[Callable[P, None]] = []

    def connect(self, listener: Callable[P, None]) -> None:
        """Join in. Connecting the same listener again does nothing."""
        if listener not in self._listeners:
            self._listeners.append(listener)

    def tell(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Tell every listener; an exception of one ends the whole transaction."""
        for listener in self._listeners:
            listener(*args, **kwargs)
