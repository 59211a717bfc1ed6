"""One row of every tenant model in each of the world's three schools."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from tests.rows import Rows
from tests.standing import standing_world
from tests.world import World


@dataclass(frozen=True)
class ThreePlaces:
    """The same rows thrice: in our school, in a sister school of our district, in a foreign district."""

    world: World
    ours: dict[type[Model], Model]
    sister: dict[type[Model], Model]
    foreign: dict[type[Model], Model]


@pytest.fixture(scope="module")
def places(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[ThreePlaces]:
    """Committed for the whole module: its tests use `db` and undo what they do."""
    with django_db_blocker.unblock(), standing_world() as world:
        north, south = world.north, world.south
        with tenant(Scope.system()):
            places = ThreePlaces(
                world,
                Rows(north, world.oak).of_every_model(),
                Rows(north, world.elm).of_every_model(),
                Rows(south, world.fir).of_every_model(),
            )
        yield places
