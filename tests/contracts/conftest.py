"""The town that the walks go through: the world with a row of every model in each school, and everybody signed in."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from staffing.models import Person, Post, SubstituteProfile
from tests.rows import Rows
from tests.standing import standing_world
from tests.world import YEAR_START, DistrictCast, SchoolCast

from .objects import Place
from .people import Asker, everybody_of


@dataclass(frozen=True)
class Town:
    """Our school, its sister in the same district, one of a foreign district; everybody of each."""

    own: Place
    sister: Place
    foreign: Place
    people: dict[str, list[Asker]]

    @property
    def places(self) -> tuple[Place, Place, Place]:
        return self.own, self.sister, self.foreign


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """Committed for a module, whose tests use `db` and undo every request."""
    with django_db_blocker.unblock(), standing_world() as world:
        with tenant(Scope.system()):
            places = (
                _place(world.north, world.oak, world.north.substitute),
                _place(world.north, world.elm, _another_substitute(world.north)),
                _place(world.south, world.fir, world.south.substitute),
            )
        yield Town(*places, people={place.school.slug: everybody_of(place) for place in places})


def _another_substitute(district: DistrictCast) -> Person:
    person = Person.objects.create(district=district.district, name="Sid Pool", notes="canary-sub-sid")
    SubstituteProfile.objects.create(
        district=district.district, person=person, half_day_cents=1, day_cents=2, active_from=YEAR_START
    )
    return person


def _place(district: DistrictCast, cast: SchoolCast, substitute: Person | None) -> Place:
    """A school in which Ada is away and the substitute is booked."""
    ada = cast.posts["Ada"]
    profile = SubstituteProfile.objects.get(person=substitute)
    given: dict[type[Model], Model] = {Post: ada, Person: ada.person, SubstituteProfile: profile}
    rows = Rows(district, cast, given, substitute=substitute)
    rows.of_every_model()
    return Place(district, cast, rows)
