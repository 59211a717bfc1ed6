"""`lessons`: those of the timetables that count, by date, cycle day, school and person."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from schools.models import CalendarDay, User
from schools.tenancy.door import tenant
from tests.staffing.importers.sources import read
from tests.staffing.services.loading import load
from tests.world import MONDAY, World

Api = Callable[[User], APIClient]
LESSONS = "/api/v1/lessons/"
A_DAY = 9
"""Lessons of each day in the world's schools."""


def rows(client: APIClient, **filters: Any) -> list[dict[str, Any]]:
    answer = client.get(LESSONS, {"page_size": 200, **filters})
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


@pytest.fixture
def manager(world: World, api: Api) -> APIClient:
    return api(world.oak.users["cover_manager"])


def test_the_lessons_of_a_date(world: World, manager: APIClient) -> None:
    found = rows(manager, date=MONDAY)
    assert len(found) == A_DAY
    first = next(row for row in found if row["id"] == str(world.oak.lessons["Ada", 1, 1].uuid))
    assert (first["day"], first["period"], first["starts"], first["ends"]) == (1, 1, "08:00", "08:50")
    assert (first["school"], first["kind"], first["rooms"]) == ("oak", "lesson", ["R1"])
    assert first["sections"] == [{"code": "7a", "name": "7a canary-oak", "part": ""}]
    assert first["staff"] == [{"id": str(world.oak.posts["Ada"].uuid), "name": "Ada Oak"}]
    assert first["subject"] == "Subject Ada canary-oak"


def test_a_closed_day_has_none(world: World, manager: APIClient) -> None:
    assert rows(manager, date=MONDAY - dt.timedelta(days=1)) == []
    with tenant(world.oak.scope):
        CalendarDay.objects.filter(date=MONDAY).update(is_open=False)
    assert rows(manager, date=MONDAY) == []


def test_a_cycle_day(manager: APIClient) -> None:
    assert {row["day"] for row in rows(manager, day=3)} == {3}
    assert len(rows(manager)) == 5 * A_DAY


def test_a_person(world: World, manager: APIClient) -> None:
    found = rows(manager, date=MONDAY, person=world.oak.posts["Ben"].person.uuid)
    assert [row["period"] for row in found] == [4, 1]


def test_only_the_version_that_counts(world: World, manager: APIClient) -> None:
    load(world.oak.school, read(), MONDAY)
    assert [row["subject"] for row in rows(manager, date=MONDAY, day=1)] == ["Maths"]
    assert len(rows(manager, date=MONDAY - dt.timedelta(days=7))) == A_DAY


def test_a_teacher_reads_the_schools_lessons(world: World, api: Api) -> None:
    assert len(rows(api(world.oak.users["teacher"]), date=MONDAY)) == A_DAY


def test_the_office_reads_all_of_them_or_one_school(world: World, api: Api) -> None:
    office = api(world.north.users["viewer"])
    assert {row["school"] for row in rows(office, date=MONDAY)} == {"oak", "elm"}
    assert {row["school"] for row in rows(office, date=MONDAY, school="elm")} == {"elm"}


def test_foreign_ones_are_not_there(world: World, manager: APIClient) -> None:
    for cast in (world.elm, world.fir):
        assert manager.get(f"{LESSONS}{cast.lessons['Ada', 1, 1].uuid}/").status_code == 404
        assert manager.get(LESSONS, {"school": cast.school.slug}).status_code == 400
    own = manager.get(f"{LESSONS}{world.oak.lessons['Ada', 1, 1].uuid}/").json()
    assert own["staff"][0]["name"] == "Ada Oak"


def test_a_date_that_is_none_is_refused(manager: APIClient) -> None:
    assert manager.get(LESSONS, {"date": "monday"}).status_code == 400


def test_as_many_queries_for_a_day_as_for_the_week(manager: APIClient) -> None:
    rows(manager)
    counts = []
    for filters in ({"day": 1}, {}):
        with CaptureQueriesContext(connection) as captured:
            rows(manager, **filters)
        counts.append(len(captured))
    assert counts[0] == counts[1]
