"""`reports/coverage` of the API."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from coverplans.services.plan_day import plan_day
from coverplans.services.publish import publish_day
from schools.models import User
from tests.coverplans.services.days import MORNING, out
from tests.world import MONDAY, World

ApiFor = Callable[[User], APIClient]
WEEK = "/api/v1/reports/coverage/?date_from=2026-11-23&date_to=2026-11-27"


@pytest.fixture
def covered(world: World) -> World:
    """Ada of Oak is out on Monday and covered, Ada of Elm is not."""
    out(world.oak, "Ada")
    out(world.elm, "Ada")
    plan_day(scope=world.oak.scope, school_slug="oak", date=MONDAY, actor=None, now=MORNING)
    publish_day(scope=world.oak.scope, school_slug="oak", date=MONDAY, actor=None, now=MORNING)
    return world


def test_a_district_reads_all_its_schools(covered: World, api: ApiFor) -> None:
    rows = {row["school"]: row for row in api(covered.north.users["viewer"]).get(WEEK).json()}
    assert set(rows) == {"elm", "oak"}
    oak, elm = rows["oak"], rows["elm"]
    assert (oak["needs"], oak["covered"], oak["measures"], oak["uncovered"], oak["percent"]) == (
        3,
        3,
        0,
        0,
        100,
    )
    assert (elm["needs"], elm["covered"], elm["uncovered"], elm["percent"]) == (3, 0, 3, 0)
    assert sum(oak["by_kind"].values()) == 3


def test_one_school_can_be_named(covered: World, api: ApiFor) -> None:
    (row,) = api(covered.north.users["admin"]).get(f"{WEEK}&school=oak").json()
    assert row["name"] == "Oak"


def test_a_manager_reads_the_own_school(covered: World, api: ApiFor) -> None:
    manager = api(covered.oak.users["cover_manager"])
    assert [row["school"] for row in manager.get(WEEK).json()] == ["oak"]
    for foreign in ("elm", "fir", "nowhere"):
        assert manager.get(f"{WEEK}&school={foreign}").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?date_from=2026-11-23",
        "?date_from=2026-11-23&date_to=2026-11-22",
        "?date_from=2020-01-01&date_to=2026-01-01",
    ],
)
def test_dates_that_make_no_range_are_refused(covered: World, api: ApiFor, query: str) -> None:
    answer = api(covered.oak.users["cover_manager"]).get(f"/api/v1/reports/coverage/{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_a_teacher_reads_no_reports(covered: World, api: ApiFor) -> None:
    assert api(covered.oak.users["teacher"]).get(WEEK).status_code == 403
