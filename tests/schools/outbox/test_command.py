"""`deliver-outbox` as a person or a process manager runs it."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from schools.models import OutboxMessage
from schools.models.outbox import OutboxState
from schools.outbox import channels
from schools.outbox.announce import announce
from schools.services.users import PASSWORD_LINK, create_user
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from tests.world import World, build_world

REPOSITORY = Path(__file__).resolve().parents[3]


def run(**options: object) -> str:
    out = io.StringIO()
    call_command("deliver_outbox", stdout=out, **options)
    return out.getvalue()


def test_a_new_user_gets_a_mail_with_a_link(world: World) -> None:
    with tenant(world.north.scope):
        create_user(email="New@north.example", district=world.north.district, actor=None)
    assert json.loads(run(json=True)) == {"sent": 1, "retried": 0, "dead": 0}
    assert mail.outbox[0].to == ["new@north.example"]
    assert "http://127.0.0.1:8000/password/new/" in mail.outbox[0].body


def test_nothing_to_do_is_no_failure(world: World) -> None:
    assert run() == "sent 0, to be tried again 0, given up 0\n"


def test_a_failure_ends_with_an_error(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with tenant(world.north.scope):
        announce("test.fails", district_id=world.north.district.pk, school_id=None, payload={})

    def fail(notice: channels.Notice) -> list[channels.Delivery]:
        raise LookupError

    monkeypatch.setitem(channels._channels, "test.fails", [fail])
    with pytest.raises(CommandError, match="1 messages"):
        run()


@pytest.fixture
def watching(transactional_db: None) -> Iterator[subprocess.Popen[str]]:
    """The command in a process of its own, on the test's database."""
    name = connection.settings_dict["NAME"]
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    command = [sys.executable, "manage.py", "deliver-outbox", "--watch", "--json", "--every", "0.1"]
    process = subprocess.Popen(
        command,
        cwd=REPOSITORY,
        env={
            **os.environ,
            "DATABASE_URL": url,
            "WORKER_DATABASE_URL": url,
            "DB_POOL": "false",
            "EMAIL_URL": "dummymail://",
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def test_watching_delivers_and_stops_cleanly_when_told(watching: subprocess.Popen[str]) -> None:
    world = build_world()
    with tenant(world.north.scope):
        create_user(email="new@north.example", district=world.north.district, actor=None)
    for _ in range(300):
        if state_of_the_link() == OutboxState.SENT:
            break
        sleep(0.1)
    watching.send_signal(signal.SIGTERM)
    said, _ = watching.communicate(timeout=30)
    assert (watching.returncode, json.loads(said)) == (0, {"sent": 1, "retried": 0, "dead": 0})


def state_of_the_link() -> str:
    with tenant(Scope.system()):
        return OutboxMessage.objects.get(topic=PASSWORD_LINK).state
