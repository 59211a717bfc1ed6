"""`manage.py`: hyphens in command names, and when the embedded database may step in."""

import subprocess
import sys

import pytest

from manage import with_underscores
from teachercover.embedded.place import REPOSITORY
from teachercover.embedded.run import wants_embedded


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["manage.py"], ["manage.py"]),
        (["manage.py", "seed-demo", "--schools", "3"], ["manage.py", "seed_demo", "--schools", "3"]),
        (
            ["manage.py", "plan-cover", "--school", "north-hill"],
            ["manage.py", "plan_cover", "--school", "north-hill"],
        ),
        (["manage.py", "import-timetable", "north-hill"], ["manage.py", "import_timetable", "north-hill"]),
        (["manage.py", "help", "optimize-db"], ["manage.py", "help", "optimize_db"]),
        (["manage.py", "--version"], ["manage.py", "--version"]),
    ],
)
def test_only_the_name_of_the_command_changes(typed: list[str], meant: list[str]) -> None:
    assert with_underscores(typed) == meant


@pytest.mark.parametrize("command", ["axes-reset", "axes_reset"])
def test_a_command_answers_to_both_spellings(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", command, "--help"],
        check=False,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
    )
    assert done.returncode == 0, done.stderr
    assert "usage: manage.py axes_reset" in done.stdout


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, True),
        ({"DJANGO_ENV": "development"}, True),
        ({"DATABASE_URL": "postgres://elsewhere/db"}, False),
        ({"DATABASE_URL_FILE": "/run/secrets/database"}, False),
        ({"DJANGO_ENV": "production"}, False),
        ({"DJANGO_ENV_FILE": "/run/secrets/kind"}, False),
    ],
)
def test_the_embedded_database_steps_in_for_development_alone(
    environment: dict[str, str], expected: bool
) -> None:
    assert wants_embedded(environment) is expected
