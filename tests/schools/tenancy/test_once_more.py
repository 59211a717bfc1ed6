"""Two transactions that wait for each other: the database ends one, and it is carried out once more."""

import threading

import pytest
from django.db import OperationalError, connection

from schools.tenancy.door import tenant
from schools.tenancy.once_more import TRIES, once_more
from schools.tenancy.scope import Scope
from tests.concurrency.threads import LIMIT, at_once
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


def test_two_that_deadlock_both_get_through(world: World) -> None:
    both_hold_one = threading.Barrier(2, timeout=LIMIT)
    tries: list[int] = []

    def lock(number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(99, %s)", [number])

    def crosswise(first: int, second: int) -> None:
        waits_for_the_other = [True]

        @once_more
        def work() -> None:
            with tenant(Scope.district(world.north.district.pk)):
                tries.append(first)
                lock(first)
                if waits_for_the_other.pop() if waits_for_the_other else False:
                    both_hold_one.wait()
                lock(second)

        work()

    results = at_once(lambda: crosswise(1, 2), lambda: crosswise(2, 1))
    assert [result for result in results if isinstance(result, Exception)] == []
    assert len(tries) == 3


def test_another_failure_is_not_tried_again() -> None:
    tries: list[int] = []

    @once_more
    def fails() -> None:
        tries.append(1)
        raise OperationalError("the server is gone")

    with pytest.raises(OperationalError):
        fails()
    assert len(tries) == 1 < TRIES
