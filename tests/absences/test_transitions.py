"""The transition table."""

import pytest

from absences.transitions import TRANSITIONS, check, check_changeable, may_become
from schools.errors import Refused

ALLOWED = {("pending", "active"), ("pending", "declined"), ("pending", "cancelled"), ("active", "cancelled")}
EVERY_STEP = [(state, wanted) for state in TRANSITIONS for wanted in TRANSITIONS]


@pytest.mark.parametrize(("state", "wanted"), EVERY_STEP)
def test_only_the_four_steps_are_allowed(state: str, wanted: str) -> None:
    assert may_become(state, wanted) == ((state, wanted) in ALLOWED)


@pytest.mark.parametrize(("state", "wanted"), sorted(set(EVERY_STEP) - ALLOWED))
def test_every_other_step_says_how_it_is_now(state: str, wanted: str) -> None:
    with pytest.raises(Refused, match=r"This absence (is|was) .+; it cannot be"):
        check(state, wanted)


@pytest.mark.parametrize("state", ["declined", "cancelled"])
def test_what_is_over_is_not_changed(state: str) -> None:
    with pytest.raises(Refused, match="cannot be changed"):
        check_changeable(state)
