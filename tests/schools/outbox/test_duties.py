"""Duties are performed when they are due, and one that fails does not stop the others."""

import datetime as dt

import pytest

from schools.models import CalendarDay, IdempotencyRecord
from schools.outbox import duties
from schools.outbox.duties import perform_duties, register_duty
from schools.services.upkeep import extend_calendars, forget_old_answers
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from tests.world import World

NOW = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _no_other_duties(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duties, "_duties", {})


def test_a_duty_is_called_with_the_time_when_it_is_due() -> None:
    called: list[dt.datetime] = []
    register_duty("hourly", called.append, every=dt.timedelta(hours=1))
    for minutes in (0, 30, 60, 61):
        perform_duties(NOW + dt.timedelta(minutes=minutes))
    assert called == [NOW, NOW + dt.timedelta(hours=1)]


def test_a_duty_that_fails_is_named_and_due_again_at_once() -> None:
    called: list[dt.datetime] = []

    def fail(now: dt.datetime) -> None:
        called.append(now)
        raise LookupError("nothing there")

    register_duty("failing", fail, every=dt.timedelta(hours=1))
    register_duty("working", called.append, every=dt.timedelta(hours=1))
    assert perform_duties(NOW) == ["failing"]
    assert perform_duties(NOW) == ["failing"]
    assert len(called) == 3


def test_calendars_are_continued_once(world: World) -> None:
    assert extend_calendars(NOW) == 3
    assert extend_calendars(NOW) == 0
    with tenant(Scope.system()):
        last = CalendarDay.objects.filter(school=world.fir.school).latest("date")
    assert last.date == NOW.date() + dt.timedelta(days=400)


def test_answers_are_forgotten_after_two_days(world: World) -> None:
    with tenant(world.north.scope):
        IdempotencyRecord.objects.create(
            district=world.north.district,
            user=world.north.users["admin"],
            key_digest="k",
            request_digest="r",
            status=201,
            sealed_body=b"",
        )
        written = IdempotencyRecord.objects.get().created_at
    assert forget_old_answers(written + dt.timedelta(days=1)) == 0
    assert forget_old_answers(written + dt.timedelta(days=3)) == 1
