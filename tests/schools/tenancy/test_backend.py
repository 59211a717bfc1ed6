"""A connection that could see across the walls is refused before its first query."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from schools.tenancy.backend.base import OWNER_OPTIONS, DatabaseWrapper

pytestmark = pytest.mark.django_db


@contextmanager
def second_connection(options: str) -> Iterator[DatabaseWrapper]:
    """Another connection with the tests' login and start-up options of its own."""
    settings = {
        **connection.settings_dict,
        "OPTIONS": {**connection.settings_dict["OPTIONS"], "options": options},
    }
    wrapper = DatabaseWrapper(settings, alias="default")
    try:
        yield wrapper
    finally:
        wrapper.close()


def current_role(wrapper: DatabaseWrapper) -> str:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
    return str(role)


@pytest.mark.parametrize("role", ["cover_app", "cover_district", "cover_system"])
def test_the_roles_behind_the_policies_are_let_in(role: str) -> None:
    with second_connection(f"-c role={role}") as wrapper:
        assert current_role(wrapper) == role


@pytest.mark.parametrize("role", ["cover_owner", "none"])
def test_the_owner_of_the_tables_and_the_bare_login_are_refused(role: str) -> None:
    with second_connection(f"-c role={role}") as wrapper, pytest.raises(ImproperlyConfigured, match="walls"):
        current_role(wrapper)


def test_migrations_alone_run_as_the_owner() -> None:
    with second_connection(OWNER_OPTIONS) as wrapper:
        assert current_role(wrapper) == "cover_owner"


@pytest.mark.django_db(transaction=True)
def test_a_role_that_a_policy_does_not_bind_is_refused() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE own_rows (id bigint)")
        cursor.execute("ALTER TABLE own_rows ENABLE ROW LEVEL SECURITY")
        try:
            with second_connection("-c role=cover_app") as wrapper, pytest.raises(ImproperlyConfigured):
                current_role(wrapper)
        finally:
            cursor.execute("DROP TABLE own_rows")
