"""What services raise when they will not do something. Pages and API turn them into clear answers."""

from typing import Any


class Refused(Exception):
    """What was asked is not possible. `field` names the input that is wrong; the message says what to do."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Conflict(Exception):
    """Somebody else was faster. `theirs` and `yours` describe both versions, so that a person can decide."""

    def __init__(self, message: str, *, theirs: Any = None, yours: Any = None) -> None:
        super().__init__(message)
        self.message = message
        self.theirs = theirs
        self.yours = yours
