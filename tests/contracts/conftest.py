"""The town that the walks go through: the world with a row of every model in each school, and everybody signed in."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from staffing.models import Person, Post, SubstituteProfile
from tests.rows import Rows
from tests.standing import standing_world
from tests.world import YEAR_START, DistrictCast, SchoolCast, at

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
    """Committed for a module, whose tests use `db` and undo every request. It is early on the Monday of the absences."""
    early = time_machine.travel(at("06:45"))
    with early, django_db_blocker.unblock(), standing_world() as world:
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
    assert substitute is not None
    given = people_given(cast, substitute)
    rows = Rows(district, cast, given, substitute=substitute)
    rows.of_every_model()
    return Place(district, cast, rows)


def people_given(cast: SchoolCast, substitute: Person) -> dict[type[Model], Model]:
    """Rows about Ada, who is away, and the substitute."""
    ada, profile = cast.posts["Ada"], SubstituteProfile.objects.get(person=substitute)
    return {Post: ada, Person: ada.person, SubstituteProfile: profile}
