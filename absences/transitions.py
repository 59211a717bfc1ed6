"""What may become of an absence. Plain Python: the one table that services and pages read."""

from schools.errors import Refused

PENDING, ACTIVE, DECLINED, CANCELLED = "pending", "active", "declined", "cancelled"

TRANSITIONS: dict[str, frozenset[str]] = {
    PENDING: frozenset({ACTIVE, DECLINED, CANCELLED}),
    ACTIVE: frozenset({CANCELLED}),
    DECLINED: frozenset(),
    CANCELLED: frozenset(),
}
OPEN = frozenset({PENDING, ACTIVE})
"""States in which an absence stands: it can be changed, and another one may not overlap it."""

_IS = {
    PENDING: "is waiting for approval",
    ACTIVE: "is already reported",
    DECLINED: "was declined",
    CANCELLED: "was cancelled",
}
_TO = {ACTIVE: "approved", DECLINED: "declined", CANCELLED: "cancelled", PENDING: "put back to waiting"}


def may_become(state: str, wanted: str) -> bool:
    """True when an absence in this state may get the wanted one. Raises KeyError for a state that does not exist."""
    return wanted in TRANSITIONS[state]


def check(state: str, wanted: str) -> None:
    """Raises Refused, saying how it is now, when the step is not in the table."""
    if not may_become(state, wanted):
        raise Refused(f"This absence {_IS[state]}; it cannot be {_TO[wanted]} any more.")


def check_changeable(state: str) -> None:
    """Raises Refused when an absence in this state has no dates to change any more."""
    if state not in OPEN:
        raise Refused(f"This absence {_IS[state]}; it cannot be changed any more.")
