"""The absentee and the cover manager report the same morning at the same moment: it is one absence.

The control takes the lock away and shows two, so the race is a real one.
"""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from absences.models import Absence
from absences.services import report
from absences.services.report import report_absence
from schools.errors import Refused
from schools.tenancy.door import tenant
from staffing.models import Post
from tests.world import MONDAY, World, at, build_world

from .threads import LIMIT, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


def _reporting(world: World, who: str) -> Callable[[], list[Absence]]:
    def act() -> list[Absence]:
        with tenant(world.oak.scope):
            return report_absence(
                post=world.oak.posts["Ada"],
                start_date=MONDAY,
                end_date=MONDAY,
                reason="sick",
                actor=world.oak.users[who],
                now=at("06:41"),
            )

    return act


def _number(world: World) -> int:
    with tenant(world.oak.scope):
        return Absence.objects.count()


def test_two_reports_at_once_are_one_absence(world: World) -> None:
    outcomes = at_once(_reporting(world, "teacher"), _reporting(world, "cover_manager"))
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert _number(world) == 1


def test_without_the_lock_they_would_be_two(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    both_have_checked = threading.Barrier(2)
    write = report._written

    def written(*args: Any) -> Absence:
        both_have_checked.wait(LIMIT)
        return write(*args)

    def not_locked(**chosen: Any) -> list[Post]:
        return list(Post.objects.filter(**chosen).select_related("school", "person"))

    monkeypatch.setattr(report, "lock_posts", not_locked)
    monkeypatch.setattr(report, "_written", written)
    at_once(_reporting(world, "teacher"), _reporting(world, "cover_manager"))
    assert _number(world) == 2
