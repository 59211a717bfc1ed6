"""A real Celery worker on a real Redis delivers what a commit left behind."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from celery import Celery
from django.db import connection

from schools.models import OutboxMessage
from schools.outbox import announce as outbox
from schools.services.users import send_password_link
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from teachercover import nudge
from tests.required import require
from tests.world import build_world

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 60


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    server = require("Redis", shutil.which("redis-server"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        yield f"redis://127.0.0.1:{port}/0"
        running.terminate()


@pytest.fixture
def letters(redis_url: str, tmp_path: Path) -> Iterator[Path]:
    """The folder into which the running worker writes its mails."""
    folder = tmp_path / "letters"
    folder.mkdir()
    login = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    surroundings = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "teachercover.settings",
        "DATABASE_URL": login.geturl(),
        "WORKER_DATABASE_URL": login.geturl(),
        "REDIS_URL": redis_url,
        "DB_POOL": "false",
        "EMAIL_URL": f"filemail:///{folder}",
    }
    command = [sys.executable, "-m", "celery", "-A", "teachercover.celery", "worker", "--pool", "solo"]
    with subprocess.Popen(
        command, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as worker:
        yield folder
        worker.terminate()


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_a_worker_delivers_what_a_commit_left_behind(
    letters: Path, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nudge, "app", Celery(broker=redis_url))
    monkeypatch.setattr(nudge, "_quiet_until", [0.0])
    monkeypatch.setattr(outbox, "_nudges", [nudge.nudge])
    world = build_world()
    user = world.oak.users["teacher"]
    with tenant(world.north.scope):
        send_password_link(user=user, actor=None)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not list(letters.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.2)
    (letter,) = letters.iterdir()
    assert user.email in letter.read_text(encoding="utf-8")
    while _states(world.north.scope) != ["sent"] and time.monotonic() < deadline:
        time.sleep(0.2)
    assert _states(world.north.scope) == ["sent"]


def _states(scope: Scope) -> list[str]:
    with tenant(scope):
        return list(OutboxMessage.objects.values_list("state", flat=True))
