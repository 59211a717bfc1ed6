"""Brings a database to where the demo can be served: migrated, with one demo district, and skipped when it is so."""

import datetime as dt
import hashlib
import subprocess
import sys
from collections.abc import Mapping
from enum import Enum
from pathlib import Path

import psycopg

from schools.tenancy.roles import SYSTEM
from teachercover.embedded.place import REPOSITORY

from .errors import DemoError

# Run again, it completes what is missing and leaves the rest alone.
SEED = ("seed-demo", "--schools", "3", "--seed", "1")
DISTRICTS = (
    "SELECT count(*) FILTER (WHERE is_demo), count(*) FILTER (WHERE NOT is_demo) FROM schools_district"
)


class Holdings(Enum):
    """Whose data a database holds."""

    NONE = "no district"
    DEMO = "demo districts alone"
    REAL = "a district that is not a demo's"


def prepare(environment: Mapping[str, str], stamp: Path | None) -> None:
    """Migrates and seeds where that is needed. Raises DemoError for a database with other than demo data.

    `stamp` is a file that tells which migrations the database has seen and up to which day it has been seeded, so that
    the next start is quick. A database that others use too has none.
    """
    holdings = look_into(environment)
    if holdings is Holdings.REAL:
        raise DemoError(
            "The database named by DATABASE_URL holds a district that is not a demo's: the demo stays away from it. "
            "Unset DATABASE_URL to use the embedded database."
        )
    state = _state()
    if holdings is Holdings.DEMO and stamp and stamp.exists() and stamp.read_text() == state:
        return
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, *SEED)
    if stamp:
        stamp.write_text(state)


def look_into(environment: Mapping[str, str]) -> Holdings:
    """Which districts the database holds. Raises DemoError when it does not answer."""
    url = _value(environment, "WORKER_DATABASE_URL") or _value(environment, "DATABASE_URL")
    try:
        with psycopg.connect(url, options=f"-c role={SYSTEM}") as connection:
            demo, real = connection.execute(DISTRICTS).fetchone() or (0, 0)
    except psycopg.errors.UndefinedTable:
        return Holdings.NONE
    except psycopg.OperationalError as error:
        raise DemoError(f"The database does not answer: {error}") from error
    if real:
        return Holdings.REAL
    return Holdings.DEMO if demo else Holdings.NONE


def manage(environment: Mapping[str, str], *arguments: str) -> None:
    """Runs `manage.py` and shows what it prints. Raises DemoError when it fails."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, check=False, cwd=REPOSITORY, env=dict(environment))  # noqa: S603  our own command
    if done.returncode:
        raise DemoError(f"`manage.py {' '.join(arguments)}` failed with exit code {done.returncode}.")


def _value(environment: Mapping[str, str], name: str) -> str:
    """A variable, given directly or by a file."""
    if file := environment.get(f"{name}_FILE"):
        return Path(file).read_text().strip()
    return environment.get(name, "")


def _state() -> str:
    """A digest of the day, for which there shall be absences, and of all migrations, ours and the requirements'."""
    digest = hashlib.sha256(dt.datetime.now(tz=dt.UTC).date().isoformat().encode())
    migrations = sorted(REPOSITORY.glob("*/migrations/*.py"))
    for file in (REPOSITORY / "requirements" / "base.txt", *migrations):
        digest.update(str(file.relative_to(REPOSITORY)).encode() + file.read_bytes())
    return digest.hexdigest()
