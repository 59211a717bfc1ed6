"""Commands look across districts with the login of workers, and the web's login comes back afterwards."""

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from schools.tenancy.backend.base import DatabaseWrapper


def session() -> tuple[int, str]:
    """The server process behind the connection, and the role it runs as."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), current_user")
        process, role = cursor.fetchone()
    return process, role


@pytest.fixture
def wrapper() -> DatabaseWrapper:
    found: DatabaseWrapper = connection  # type: ignore[assignment]  # the only database is ours
    return found


@pytest.fixture
def _worker(settings: Settings) -> None:
    ours = settings.DATABASES["default"]
    settings.WORKER_DATABASE_URL = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/".format(**ours)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_worker")
def test_the_login_changes_for_the_block_only(wrapper: DatabaseWrapper) -> None:
    database = wrapper.settings_dict["NAME"]
    before = session()
    with wrapper.as_worker():
        inside = session()
        assert wrapper.settings_dict["NAME"] == database
    after = session()
    assert len({before, inside, after}) == 3
    assert {role for _process, role in (before, inside, after)} == {"cover_app"}


@pytest.mark.django_db(transaction=True)
def test_without_such_a_login_nothing_changes(wrapper: DatabaseWrapper, settings: Settings) -> None:
    settings.WORKER_DATABASE_URL = ""
    before = session()
    with wrapper.as_worker():
        assert session() == before


@pytest.mark.django_db
@pytest.mark.usefixtures("_worker")
def test_a_running_transaction_keeps_its_connection(wrapper: DatabaseWrapper) -> None:
    with transaction.atomic():
        before = session()
        with wrapper.as_worker():
            assert session() == before
