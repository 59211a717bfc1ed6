"""Two schools want one person at overlapping times, at the same moment: exactly one gets them.

The control runs the same race without the constraint and shows the double booking, so the race is a real one.
"""

import datetime as dt
import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import IntegrityError, OperationalError, connection

from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from staffing.models import Person, PersonHold
from tests.standing import owner_of_the_tables
from tests.world import SchoolCast, World, at, build_world

from .threads import LIMIT, at_once

pytestmark = pytest.mark.django_db(transaction=True)
CONSTRAINT = "personhold_one_place_at_a_time"
MORNING = (at("08:00"), at("11:45"))
SECOND_HALF = (at("10:00"), at("14:15"))
AFTERNOON = (at("11:45"), at("14:15"))
Stretch = tuple[dt.datetime, dt.datetime]


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


@pytest.fixture
def without_the_constraint(world: World) -> Iterator[None]:
    """The table without its exclusion constraint; it is back before the next test."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [CONSTRAINT])
        (definition,) = cursor.fetchone()
    alter = "ALTER TABLE staffing_personhold"
    with owner_of_the_tables(), connection.cursor() as cursor:
        cursor.execute(f"{alter} DROP CONSTRAINT {CONSTRAINT}")
    yield
    with owner_of_the_tables(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM staffing_personhold")
    with owner_of_the_tables(), connection.cursor() as cursor:
        cursor.execute(f"{alter} ADD CONSTRAINT {CONSTRAINT} {definition}")


def hold(
    school: SchoolCast,
    person: Person,
    stretch: Stretch,
    kind: str,
    in_between: Callable[[], object] | None = None,
) -> Callable[[], int]:
    """A deed: this school takes the person for this stretch. `in_between` happens before it commits."""

    def take() -> int:
        with tenant(school.scope):
            row = PersonHold.objects.create(
                district_id=school.school.district_id,
                person=person,
                kind=kind,
                starts_at=stretch[0],
                ends_at=stretch[1],
            )
            if in_between:
                in_between()
        return row.pk

    return take


def holds_of(person: Person) -> int:
    with tenant(Scope.system()):
        return PersonHold.objects.filter(person=person).count()


def pool_person(world: World) -> Person:
    assert world.north.substitute is not None
    return world.north.substitute


@pytest.mark.parametrize("kinds", [("booking", "booking"), ("assignment", "booking")])
def test_of_two_schools_exactly_one_gets_the_person(world: World, kinds: tuple[str, str]) -> None:
    """Two plain inserts may also wait for each other; then the database ends one of them as a deadlock."""
    person = pool_person(world)
    for _ in range(5):
        results = at_once(
            hold(world.oak, person, MORNING, kinds[0]), hold(world.elm, person, SECOND_HALF, kinds[1])
        )
        lost = [result for result in results if isinstance(result, Exception)]
        assert len(lost) == 1
        assert isinstance(lost[0], IntegrityError | OperationalError)
        assert CONSTRAINT in str(lost[0]) or "deadlock detected" in str(lost[0])
        assert holds_of(person) == 1
        with tenant(Scope.system()):
            PersonHold.objects.all().delete()


def test_the_loser_learns_nothing_of_the_winner(world: World) -> None:
    person = pool_person(world)
    hold(world.oak, person, MORNING, "booking")()
    with pytest.raises(IntegrityError) as refused:
        hold(world.elm, person, SECOND_HALF, "booking")()
    assert "oak" not in str(refused.value).lower()
    assert "2026" not in str(refused.value)


def test_times_that_only_touch_do_not_collide(world: World) -> None:
    person = pool_person(world)
    results = at_once(
        hold(world.oak, person, MORNING, "booking"), hold(world.elm, person, AFTERNOON, "booking")
    )
    assert [result for result in results if isinstance(result, Exception)] == []
    assert holds_of(person) == 2


def test_two_people_do_not_collide(world: World) -> None:
    ada, ben = (world.oak.posts[name].person for name in ("Ada", "Ben"))
    results = at_once(
        hold(world.oak, ada, MORNING, "assignment"), hold(world.oak, ben, MORNING, "assignment")
    )
    assert [result for result in results if isinstance(result, Exception)] == []


def test_control_without_the_constraint_both_schools_book_the_person(
    world: World, without_the_constraint: None
) -> None:
    person = pool_person(world)
    both_have_written = threading.Barrier(2, timeout=LIMIT)
    results = at_once(
        hold(world.oak, person, MORNING, "booking", both_have_written.wait),
        hold(world.elm, person, SECOND_HALF, "booking", both_have_written.wait),
    )
    assert [result for result in results if isinstance(result, Exception)] == []
    assert holds_of(person) == 2
