"""It is 06:45 on the Monday of the world; the cover manager of Oak sits at the board."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from tests.coverplans.services.days import MORNING
from tests.world import World


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def manager(world: World, signed_in: Callable[..., Client]) -> Client:
    """The browser of Oak's cover manager."""
    return signed_in(world.oak.users["cover_manager"])


@pytest.fixture
def viewer(world: World, signed_in: Callable[..., Client]) -> Client:
    """The browser of somebody who may look at Oak and change nothing."""
    return signed_in(world.oak.users["school_viewer"])
