"""It is a quarter to seven on Monday; what mails leave is kept by Django."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.coverplans.services.days import MORNING
from tests.world import World, build_world


@pytest.fixture(autouse=True)
def morning() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db: None) -> World:
    return build_world()
