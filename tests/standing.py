"""A world that many tests share: committed once, looked at by tests that undo what they do, then forgotten."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from .world import World, build_world


@contextmanager
def owner_of_the_tables() -> Iterator[None]:
    """A transaction with the rights of migrations: what takes a wall away, and what cleans up."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE cover_owner")
        cursor.execute("SET LOCAL app.migrating = 'on'")
        yield
        cursor.execute("SET LOCAL ROLE cover_app")


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the block does in the database never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def standing_world() -> Iterator[World]:
    """The world, committed. For fixtures of a module, inside `django_db_blocker.unblock()`; its tests use `db`."""
    _forget_everything()  # a run that was killed may have left its world in a database that is used again
    world = build_world()
    try:
        yield world
    finally:
        _forget_everything()
        connection.close()


def _forget_everything() -> None:
    with owner_of_the_tables(), connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE schools_district, django_session, axes_accessattempt, axes_accesslog CASCADE"
        )
