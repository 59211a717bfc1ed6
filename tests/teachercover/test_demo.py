"""The demo's runner: what it refuses, and which processes it starts."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from teachercover.demo.__main__ import background, free_port
from teachercover.demo.errors import DemoError
from teachercover.demo.preparation import Holdings, look_into, prepare
from teachercover.demo.processes import Processes
from teachercover.embedded.place import REPOSITORY

LIMIT = 30.0
"""Seconds after which a wait has failed."""
PROCESS_WITH_CHILD = ["sh", "-c", 'sleep 600 & echo $! > "$0"; wait']
STARTER = """
import os, sys, time
from teachercover.demo.processes import Processes
processes = Processes()
processes.start("sleeper", ["sh", "-c", "echo $$; exec sleep 600"], os.environ)
time.sleep(600)
"""


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_port_in_use_is_said_in_one_sentence(taken_port: int) -> None:
    with pytest.raises(DemoError, match=f"Port {taken_port} is in use"):
        free_port({"PORT": str(taken_port)})


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_a_port_must_be_a_number(port: str) -> None:
    with pytest.raises(DemoError, match="must be a number"):
        free_port({"PORT": port})


def test_production_has_no_demo() -> None:
    with pytest.raises(DemoError, match="production"):
        free_port({"DJANGO_ENV": "production"})


def test_a_database_that_does_not_answer_is_said_in_one_sentence(taken_port: int) -> None:
    with pytest.raises(DemoError, match="does not answer"):
        look_into({"DATABASE_URL": f"postgres://cover_web:x@127.0.0.1:{taken_port}/none?connect_timeout=2"})


def test_without_redis_one_process_drains_the_outbox() -> None:
    assert [command[1:] for command in background({}).values()] == [
        ["manage.py", "deliver-outbox", "--watch"]
    ]


def test_with_redis_celery_works_instead() -> None:
    commands = background({"REDIS_URL": "redis://127.0.0.1:6379/0"}).values()
    assert [{"worker", "beat"} & set(command) for command in commands] == [{"worker"}, {"beat"}]


@pytest.fixture
def test_database(transactional_db: None) -> dict[str, str]:
    """The environment that names this test's own database."""
    given = urlsplit(os.environ["WORKER_DATABASE_URL"])
    return {"DATABASE_URL": given._replace(path=f"/{connection.settings_dict['NAME']}").geturl()}


def add_district(environment: dict[str, str], *, is_demo: bool) -> None:
    query = """
        INSERT INTO schools_district (slug, name, timezone, is_demo, created_at) VALUES (%s, %s, 'UTC', %s, now())
    """
    with psycopg.connect(environment["DATABASE_URL"], options="-c role=cover_system") as database:
        database.execute(query, [f"district-{is_demo}", "District", is_demo])


def test_a_database_without_a_district_is_free_to_use(test_database: dict[str, str]) -> None:
    assert look_into(test_database) is Holdings.NONE


def test_a_database_with_demo_districts_is_used_as_it_is(test_database: dict[str, str]) -> None:
    add_district(test_database, is_demo=True)
    assert look_into(test_database) is Holdings.DEMO


def test_a_database_with_a_real_district_is_refused(test_database: dict[str, str]) -> None:
    add_district(test_database, is_demo=True)
    add_district(test_database, is_demo=False)
    with pytest.raises(DemoError, match="not a demo's"):
        prepare(test_database, stamp=None)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until_gone(pid: int) -> None:
    end = time.monotonic() + LIMIT
    while is_alive(pid):
        assert time.monotonic() < end, f"process {pid} is still there"
        time.sleep(0.02)


def test_stopping_ends_children_of_children_too(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    processes = Processes()
    processes.start("parent", [*PROCESS_WITH_CHILD, str(file)], os.environ)
    end = time.monotonic() + LIMIT
    while not file.exists() or not file.read_text().endswith("\n"):
        assert time.monotonic() < end, "the process did not start"
        time.sleep(0.02)
    assert processes.first_ended() is None

    processes.stop()

    wait_until_gone(int(file.read_text()))


def test_a_process_that_ends_by_itself_is_noticed() -> None:
    processes = Processes()
    processes.start("sleeper", ["sleep", "600"], os.environ)
    processes.start("quitter", ["true"], os.environ)
    end = time.monotonic() + LIMIT
    while processes.first_ended() is None:
        assert time.monotonic() < end, "nobody noticed"
        time.sleep(0.02)
    assert processes.first_ended() == "quitter"
    processes.stop()


def test_processes_do_not_outlive_a_killed_starter() -> None:
    starter = subprocess.Popen([sys.executable, "-c", STARTER], cwd=REPOSITORY, stdout=subprocess.PIPE)
    assert starter.stdout is not None
    sleeper = int(starter.stdout.readline())
    assert is_alive(sleeper)

    starter.kill()
    starter.communicate()

    wait_until_gone(sleeper)
