"""`cover-plans`: a day is planned, published, taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient
from time_machine import Traveller

from coverplans.models import Assignment, CoverPlan
from coverplans.services.plan_day import plan_day
from coverplans.services.publish import publish_day
from schools.models import OutboxMessage, User
from schools.tenancy.door import tenant
from tests.coverplans.services.days import MORNING, out
from tests.world import MONDAY, World, at, build_world

ApiFor = Callable[[User], APIClient]
PLANS = "/api/v1/cover-plans/"
DAY = {"school": "oak", "date": "2026-11-23"}


@pytest.fixture
def world(transactional_db: None) -> World:
    """Planning and publishing open their own transactions, so these tests commit."""
    return build_world()


@pytest.fixture
def manager(world: World, api: ApiFor) -> APIClient:
    """The cover manager of Oak, where Ada is out."""
    out(world.oak, "Ada")
    return api(world.oak.users["cover_manager"])


def plan(client: APIClient, **headers: Any) -> dict[str, Any]:
    answer = client.post(PLANS, DAY, format="json", **headers)
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def act(client: APIClient, row: dict[str, Any], action: str) -> Any:
    return client.post(f"{PLANS}{row['id']}/{action}/")


def test_planning_answers_what_scripts_rely_on(manager: APIClient) -> None:
    found = plan(manager)
    assert (found["school"], found["date"], found["version"], found["state"]) == (
        "oak",
        "2026-11-23",
        1,
        "draft",
    )
    assert (found["needs"], found["covered"], found["measures"], found["uncovered"]) == (3, 3, 0, 0)
    assert found["proven"] is True
    assert [tier["name"] for tier in found["tiers"]] == [
        "uncovered",
        "last_resort",
        "changes",
        "money",
        "fairness",
        "quality",
    ]
    assert all(tier["gap"] == tier["value"] - tier["bound"] == 0 for tier in found["tiers"])
    assert manager.get(f"{PLANS}{found['id']}/").json() == found


def test_what_stands_is_counted_and_what_was_is_kept(world: World, manager: APIClient) -> None:
    first = plan(manager)
    with tenant(world.oak.scope):
        row = Assignment.objects.select_related("need").order_by("starts_at")[0]
    taken = {"seen": str(row.uuid)}
    manager.post(f"/api/v1/cover-needs/{row.need.uuid}/unassign/", taken, format="json")
    assert manager.get(f"{PLANS}{first['id']}/").json()["uncovered"] == 1
    study = {"measure": "self_study"}
    manager.post(f"/api/v1/cover-needs/{row.need.uuid}/measure/", study, format="json")
    now = manager.get(f"{PLANS}{first['id']}/").json()
    assert (now["needs"], now["covered"], now["measures"], now["uncovered"]) == (3, 2, 1, 0)
    out(world.oak, "Cleo")
    second = plan(manager)
    assert (second["version"], second["needs"]) == (2, 5)
    old = manager.get(f"{PLANS}{first['id']}/").json()
    assert (old["state"], old["needs"], old["covered"]) == ("discarded", 3, 3)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({**DAY, "date": "2026-11-28"}, "closed"),
        ({**DAY, "date": "2031-01-01"}, "no calendar"),
        ({**DAY, "date": "soon"}, "not right"),
        ({"school": "oak"}, "not right"),
        ({**DAY, "school": "elm"}, "There is no such school here."),
        ({**DAY, "school": "fir"}, "There is no such school here."),
        ({**DAY, "school": "nowhere"}, "There is no such school here."),
        ({**DAY, "school": "\0"}, ""),
        ({**DAY, "school": ["oak"]}, "not right"),
    ],
)
def test_what_cannot_be_planned_is_refused(manager: APIClient, body: dict[str, Any], message: str) -> None:
    answer = manager.post(PLANS, body, format="json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert message in answer.json()["detail"]


@pytest.mark.parametrize("role", ["teacher", "approver", "school_viewer"])
def test_only_who_runs_cover_plans(world: World, api: ApiFor, role: str) -> None:
    assert api(world.oak.users[role]).post(PLANS, DAY, format="json").status_code == 403


def test_a_district_administrator_plans_any_school(world: World, api: ApiFor) -> None:
    out(world.oak, "Ada")
    assert plan(api(world.north.users["admin"]))["covered"] == 3
    assert api(world.north.users["viewer"]).post(PLANS, DAY, format="json").status_code == 403


def test_the_same_key_plans_once(world: World, manager: APIClient) -> None:
    first = plan(manager, HTTP_IDEMPOTENCY_KEY="monday")
    assert plan(manager, HTTP_IDEMPOTENCY_KEY="monday") == first
    with tenant(world.oak.scope):
        assert CoverPlan.objects.count() == 1


def test_publishing_and_taking_it_back(world: World, manager: APIClient) -> None:
    found = plan(manager)
    done = act(manager, found, "publish").json()
    assert (done["id"], done["state"], done["lost"]) == (found["id"], "published", [])
    with tenant(world.oak.scope):
        assert OutboxMessage.objects.filter(topic="cover.assigned").count() == done["told"] > 0
    assert act(manager, found, "publish").status_code == 409
    assert act(manager, found, "discard").status_code == 409
    undone = act(manager, found, "undo-publish")
    assert (undone.status_code, undone.json()["state"]) == (200, "draft")
    assert act(manager, found, "undo-publish").status_code == 409
    assert act(manager, found, "discard").json()["state"] == "discarded"


def test_taking_back_is_refused_when_it_is_too_late(manager: APIClient, morning: Traveller) -> None:
    found = plan(manager)
    act(manager, found, "publish")
    morning.move_to(at("07:30"))
    assert act(manager, found, "undo-publish").status_code == 400


@pytest.mark.parametrize("action", ["publish", "discard"])
def test_a_version_that_is_not_the_newest_is_a_conflict(manager: APIClient, action: str) -> None:
    old, new = plan(manager), plan(manager)
    answer = act(manager, old, action)
    assert answer.status_code == 409
    assert answer.json()["theirs"] == "version 2, draft"
    assert answer.json()["yours"] == old["id"]
    assert act(manager, new, action).status_code == 200


def test_what_another_school_was_faster_for_is_named_and_planned_again(world: World, api: ApiFor) -> None:
    everybody = ("Ada", "Ben", "Cleo", "Dan", "Eve")
    out(world.oak, *everybody)
    out(world.elm, *everybody)
    mine = plan(api(world.oak.users["cover_manager"]))
    day: dict[str, Any] = {"scope": world.elm.scope, "school_slug": "elm", "date": MONDAY}
    day |= {"actor": None, "now": MORNING}
    plan_day(**day)
    publish_day(**day)
    client = api(world.oak.users["cover_manager"])
    done = act(client, mine, "publish").json()
    assert len(done["lost"]) == mine["covered"]
    newest = client.get(f"{PLANS}?state=draft").json()["results"]
    assert [row["version"] for row in newest] == [2]


def test_foreign_plans_do_not_exist(world: World, api: ApiFor, manager: APIClient) -> None:
    found = plan(manager)
    for place in (world.elm, world.fir):
        client = api(place.users["cover_manager"])
        assert client.get(f"{PLANS}{found['id']}/").status_code == 404
        assert client.get(PLANS).json()["results"] == []
        for action in ("publish", "undo-publish", "discard"):
            assert act(client, found, action).status_code == 404


def test_a_list_is_filtered_and_takes_the_same_number_of_queries_for_3_and_30(
    world: World, manager: APIClient
) -> None:
    def listed(query: str = "") -> tuple[int, int]:
        with CaptureQueriesContext(connection) as caught:
            rows = manager.get(f"{PLANS}?{query}").json()["results"]
        return len(rows), len(caught)

    for _ in range(3):
        plan(manager)
    few = listed()
    with tenant(world.oak.scope):
        CoverPlan.objects.bulk_create(
            CoverPlan(
                district=world.north.district,
                school=world.oak.school,
                date=MONDAY,
                version=number,
                state="discarded",
            )
            for number in range(4, 31)
        )
    many = listed()
    assert (few[0], many[0]) == (3, 30)
    assert few[1] == many[1]
    assert listed("state=draft&school=oak&date=2026-11-23")[0] == 1
    assert listed("date_from=2026-11-24")[0] == 0
