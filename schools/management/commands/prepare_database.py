"""`prepare-database`: roles, logins and the database, or the SQL with which an administrator makes them."""

from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from environ import Env
from psycopg import sql

from schools.tenancy.roles import (
    MIGRATE,
    OWNER,
    PRODUCTION_LOGINS,
    WEB,
    WORKER,
    Login,
    administrator_sql,
    groups_sql,
    login_sql,
)

_MAY = "SELECT rolsuper OR (rolcreaterole AND rolcreatedb) FROM pg_roles WHERE rolname = session_user"


class Command(BaseCommand):
    help = "Create the database's roles, logins and the database itself, or print the SQL for it. May be run again."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--sql", action="store_true", help="only print the SQL for a database administrator"
        )
        parser.add_argument(
            "--admin",
            metavar="URL",
            help="an administrator's login; the logins named by DATABASE_URL, WORKER_DATABASE_URL and "
            "MIGRATE_DATABASE_URL are then made with their passwords. Without it DATABASE_URL itself is used, and "
            "cover_web, cover_worker and cover_migrate are made without passwords.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["sql"]:
            self.stdout.write(administrator_sql())
            return
        admin_url: str | None = options["admin"]
        try:
            with _connect(admin_url) as admin:
                if not admin.execute(_MAY).fetchone()[0]:  # type: ignore[index]  # the login itself is there
                    raise psycopg.errors.InsufficientPrivilege("the login may not create roles and databases")
                _prepare(admin, _logins() if admin_url else [(login, "") for login in PRODUCTION_LOGINS])
        except psycopg.Error as problem:
            self.stdout.write(administrator_sql())
            raise CommandError(
                f"Not done: {problem}. The SQL above is for a database administrator."
            ) from problem
        self.stdout.write("Roles, logins and database are ready; next: manage.py migrate")
        if not admin_url:
            names = ", ".join(login.name for login in PRODUCTION_LOGINS)
            self.stdout.write(rf"Give {names} passwords (in psql: \password NAME).")


def _connect(url: str | None) -> psycopg.Connection[Any]:
    if url:
        return psycopg.connect(url, autocommit=True)
    ours = settings.DATABASES["default"]
    return psycopg.connect(
        user=ours["USER"],
        password=ours["PASSWORD"],
        host=ours["OPTIONS"].get("host") or ours["HOST"],
        port=ours["PORT"] or None,
        dbname=ours["NAME"],
        autocommit=True,
    )


def _logins() -> list[tuple[Login, str]]:
    """The logins that the environment names, with their passwords."""
    ours = settings.DATABASES["default"]
    named = [(WEB, ours["USER"], ours["PASSWORD"])]
    for login, url in ((WORKER, settings.WORKER_DATABASE_URL), (MIGRATE, settings.MIGRATE_DATABASE_URL)):
        if url:
            parsed = Env.db_url_config(url)
            named.append((login, parsed["USER"], parsed["PASSWORD"]))
    return [(replace(login, name=name), password) for login, name, password in named]


def _prepare(admin: psycopg.Connection[Any], logins: list[tuple[Login, str]]) -> None:
    admin.execute(groups_sql())
    for login, password in logins:
        sealed = _sealed(admin, login.name, password) if password else None
        admin.execute(login_sql(login, password=sealed))
    name = settings.DATABASES["default"]["NAME"]
    known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    statement = "ALTER DATABASE {} OWNER TO {}" if known else "CREATE DATABASE {} OWNER {}"
    admin.execute(sql.SQL(statement).format(sql.Identifier(name), sql.Identifier(OWNER)))


def _sealed(admin: psycopg.Connection[Any], name: str, password: str) -> str:
    """The password as the server stores it, so that it stands in no log."""
    return admin.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
