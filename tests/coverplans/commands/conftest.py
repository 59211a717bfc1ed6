"""The clock of every command stands at a quarter to seven on Monday."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.coverplans.services.days import MORNING


@pytest.fixture(autouse=True)
def morning() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller
