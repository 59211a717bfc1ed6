"""What tests of a teacher's own pages share: the moment, who is signed in, what is typed, what was reported before."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from absences import hooks
from absences.hooks import NeedCount
from absences.models import Absence
from absences.services.report import report_absence
from schools.tenancy.door import tenant
from tests.world import MONDAY, World, at

DAY = dt.timedelta(days=1)
MORNING = at("06:41")
SignIn = Callable[..., Client]


@pytest.fixture
def three_needs_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever counts needs counts three, and one of them covered."""
    monkeypatch.setattr(
        hooks, "_counters", [lambda absences: {absence.pk: NeedCount(3, 1) for absence in absences}]
    )


@pytest.fixture
def morning() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ada(world: World, signed_in: SignIn) -> Client:
    return signed_in(world.oak.users["teacher"])


def typed(**other: Any) -> dict[str, Any]:
    return {"when": "today", "extent": "all", "reason": "sick", "report": str(uuid.uuid4()), **other}


def absences(world: World) -> list[Absence]:
    with tenant(world.oak.scope):
        return list(Absence.objects.prefetch_related("days").order_by("pk"))


def given(world: World, **other: Any) -> Absence:
    """An absence of Ada that was reported the evening before."""
    asked: dict[str, Any] = {"start_date": MONDAY, "end_date": MONDAY, "reason": "sick", **other}
    with tenant(world.oak.scope):
        (absence,) = report_absence(
            post=world.oak.posts["Ada"],
            actor=world.oak.users["teacher"],
            now=at("18:00", MONDAY - DAY),
            **asked,
        )
    return absence


def tick(world: World, number: int) -> str:
    return f"{world.oak.posts['Ada'].uuid}.{number}"
