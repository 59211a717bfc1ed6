"""The nudge after a commit: it never fails, and does not ask a broker that is away again and again."""

import socket

import pytest
from celery import Celery

from schools.outbox import announce as outbox
from schools.outbox.announce import announce
from schools.tenancy.door import tenant
from teachercover import nudge
from tests.world import build_world


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Celery:
    """The broker's port is one where nobody listens any more."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    app = Celery(broker=f"redis://127.0.0.1:{port}/0")
    monkeypatch.setattr(nudge, "app", app)
    monkeypatch.setattr(nudge, "_quiet_until", [0.0])
    return app


def test_a_broker_that_is_away_is_no_failure_and_left_in_peace(
    away: Celery, monkeypatch: pytest.MonkeyPatch
) -> None:
    nudge.nudge()
    asked: list[str] = []
    monkeypatch.setattr(away, "send_task", lambda name, **_: asked.append(name))
    nudge.nudge()
    assert asked == []
    nudge._quiet_until[0] = 0.0
    nudge.nudge()
    assert asked == ["schools.deliver_outbox"]


@pytest.mark.django_db(transaction=True)
def test_many_messages_of_one_transaction_are_one_nudge(monkeypatch: pytest.MonkeyPatch) -> None:
    world = build_world()
    nudges: list[str] = []
    monkeypatch.setattr(outbox, "_nudges", [lambda: nudges.append("look now")])
    with tenant(world.oak.scope):
        for number in range(3):
            announce("x", district_id=world.north.district.pk, school_id=None, payload={"number": number})
    assert nudges == ["look now"]
