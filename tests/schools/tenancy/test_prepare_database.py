"""`prepare-database`: what an administrator's login may do, and the SQL where it may not."""

import io
import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from schools.tenancy.roles import administrator_sql
from teachercover.embedded.access import SUPERUSER, load_access
from teachercover.embedded.cluster import Cluster

NAME = f"prepared_{os.environ.get('TEST_DB_SUFFIX', 'main')}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
ACCESS = load_access(Cluster("test").place)


def run(**options: object) -> str:
    out = io.StringIO()
    call_command("prepare_database", stdout=out, **options)
    return out.getvalue()


def test_the_sql_can_be_printed_without_a_database() -> None:
    assert run(sql=True).strip() == administrator_sql().strip()


def test_a_login_that_may_not_gets_the_sql(db: None) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError, match="may not create roles"):
        call_command("prepare_database", stdout=out)
    assert "CREATE ROLE cover_owner" in out.getvalue()


# Only our own server has a superuser we may use.
if ACCESS.socket_directory in os.environ.get("DATABASE_URL", ""):

    @pytest.fixture
    def named(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
        """The environment names a web login and a database that do not exist yet."""
        for part, value in {"USER": NAME, "PASSWORD": "a secret", "NAME": NAME}.items():
            monkeypatch.setitem(settings.DATABASES["default"], part, value)
        monkeypatch.setattr(settings, "WORKER_DATABASE_URL", "")
        monkeypatch.setattr(settings, "MIGRATE_DATABASE_URL", "")
        administrator = ACCESS.url(SUPERUSER, "postgres")
        yield administrator
        with psycopg.connect(administrator, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {NAME}")
            connection.execute(f"DROP ROLE IF EXISTS {NAME}")

    def test_an_administrator_makes_login_and_database_and_may_do_it_again(named: str) -> None:
        for _ in range(2):
            assert "are ready" in run(admin=named)
        url = urlsplit(named)._replace(netloc=f"{NAME}:a%20secret@:5432", path=f"/{NAME}").geturl()
        with psycopg.connect(url, options="-c role=cover_app") as connection:
            assert connection.execute("SELECT current_user, session_user").fetchone() == ("cover_app", NAME)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("SET ROLE cover_system")
