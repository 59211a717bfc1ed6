"""The database's roles, as SQL: who owns, who may only read and write through the walls, who signs in.

Plain text made with the standard library alone: the embedded server's launcher runs it, and a command prints
the same text for a database administrator where the login may not create roles. What creates roles and
memberships may be run again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

DATABASE = "teachercover"

OWNER = "cover_owner"
"""Owns the database, its schema and tables; migrates."""
READ_WRITE = "cover_rw"
"""Holds the grants on tables and nothing else; no policy names it."""
APP = "cover_app"
"""Sees the schools of the open scope."""
DISTRICT = "cover_district"
"""Sees the whole district of the open scope."""
SYSTEM = "cover_system"
"""Sees every district: finds work for jobs and monitoring."""

SCOPED = (APP, DISTRICT, SYSTEM)
GROUPS = (OWNER, READ_WRITE, *SCOPED)


@dataclass(frozen=True, slots=True)
class Login:
    """An account that signs in. It has no right of its own and inherits none, but may act as `member_of`."""

    name: str
    member_of: tuple[str, ...]
    starts_as: str | None = None
    """The role that connections start as, also where a pooler drops the client's start-up options."""


WEB = Login("cover_web", (APP, DISTRICT), starts_as=APP)
WORKER = Login("cover_worker", (APP, DISTRICT, SYSTEM), starts_as=APP)
MIGRATE = Login("cover_migrate", (OWNER, APP))
TEST = Login("cover_test", (OWNER, APP, DISTRICT, SYSTEM))

PRODUCTION_LOGINS = (WEB, WORKER, MIGRATE)


def groups_sql() -> str:
    """Creates the roles that nobody signs in as, and lets the scoped ones use the grants of `cover_rw`."""
    statements = [_create(role, "NOLOGIN INHERIT") for role in GROUPS]
    statements += [_grant(READ_WRITE, role, inherit=True) for role in SCOPED]
    return "\n".join(statements)


def login_sql(login: Login, *, password: str | None = None) -> str:
    """Creates one login with its memberships. Without a password none is set; the administrator adds one."""
    statements = [_create(login.name, "LOGIN NOINHERIT")]
    statements += [_grant(role, login.name, inherit=False) for role in login.member_of]
    if login.starts_as:
        statements.append(f"ALTER ROLE {login.name} SET role = {_literal(login.starts_as)};")
    if password is not None:
        statements.append(f"ALTER ROLE {login.name} PASSWORD {_literal(password)};")
    return "\n".join(statements)


def database_sql(name: str = DATABASE) -> str:
    """Creates the database. Fails where it exists already; cannot run inside a transaction."""
    return f"CREATE DATABASE {name} OWNER {OWNER};"


def test_rights_sql() -> str:
    """Lets the owner create and drop test databases. For throw-away servers only."""
    return f"ALTER ROLE {OWNER} CREATEDB;"


def administrator_sql(logins: Iterable[Login] = PRODUCTION_LOGINS) -> str:
    """The whole script for a database administrator, without passwords."""
    parts = ["-- Run as a superuser or a role that may create roles and databases.", groups_sql()]
    for login in logins:
        parts += [login_sql(login), rf"-- then, in psql: \password {login.name}"]
    return "\n".join([*parts, database_sql(), ""])


def _create(role: str, attributes: str) -> str:
    # An existing role is left as it is: changing its attributes needs a superuser before PostgreSQL 16,
    # and each new connection verifies that its role is powerless anyway.
    powerless = "NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {_literal(role)}) THEN "
        f"CREATE ROLE {role} {attributes} {powerless}; END IF; END $$;"
    )


def _grant(role: str, member: str, *, inherit: bool) -> str:
    # Since PostgreSQL 16 a membership has its own INHERIT option, whatever the member's attribute says later.
    options = "INHERIT TRUE, SET FALSE" if inherit else "INHERIT FALSE, SET TRUE"
    return (
        "DO $$ BEGIN IF current_setting('server_version_num')::int >= 160000 THEN "
        f"EXECUTE 'GRANT {role} TO {member} WITH {options}'; "
        f"ELSE GRANT {role} TO {member}; END IF; END $$;"
    )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
