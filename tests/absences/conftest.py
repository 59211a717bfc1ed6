"""What tests of absences start from: open doors, the moment of a Sunday evening, and ears for the news."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from absences.hooks import absence_changed
from absences.models import Absence
from absences.services.report import report_absence
from schools.tenancy.door import tenant
from tests.absences.own_pages import ada, morning, three_needs_each
from tests.world import MONDAY, World, at

__all__ = ["ada", "morning", "three_needs_each"]

SUNDAY_EVENING = at("18:00", MONDAY - dt.timedelta(days=1))
Report = Callable[..., list[Absence]]


@pytest.fixture
def oak(world: World) -> Iterator[World]:
    """The world, seen through Oak's door."""
    with tenant(world.oak.scope):
        yield world


@pytest.fixture
def report(oak: World) -> Report:
    """Report Ada of Oak sick on Monday, or whatever else is named; by default it is Sunday evening."""

    def report_(**other: Any) -> list[Absence]:
        named: dict[str, Any] = {
            "post": oak.oak.posts["Ada"],
            "start_date": MONDAY,
            "end_date": MONDAY,
            "reason": "sick",
            "actor": oak.oak.users["cover_manager"],
            "now": SUNDAY_EVENING,
            **other,
        }
        if "person" in other:
            del named["post"]
        return report_absence(**named)

    return report_


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Absence, list[dt.date]]]:
    """What absences told the apps above them. The real listeners are left out."""
    heard: list[tuple[Absence, list[dt.date]]] = []
    monkeypatch.setattr(
        absence_changed, "_listeners", [lambda absence, dates, actor: heard.append((absence, dates))]
    )
    return heard
