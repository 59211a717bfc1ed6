"""`cover-needs`: who sees which, who could take it, and what a cover manager decides."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from coverplans.models import Assignment, CoverNeed
from coverplans.services.by_hand import assign
from coverplans.services.plan_day import plan_day
from coverplans.services.publish import publish_day
from schools.models import AuditEntry, User
from schools.tenancy.door import tenant
from staffing.models import Person
from tests.coverplans.services.days import MORNING, out
from tests.world import MONDAY, SchoolCast, World

ApiFor = Callable[[User], APIClient]
NEEDS = "/api/v1/cover-needs/"


@pytest.fixture
def manager(world: World, api: ApiFor) -> APIClient:
    """The cover manager of Oak, where Ada is out."""
    out(world.oak, "Ada")
    return api(world.oak.users["cover_manager"])


def person(cast: SchoolCast, name: str) -> Person:
    found: Person = cast.posts[name].person
    return found


def need(cast: SchoolCast, period: int = 1) -> CoverNeed:
    with tenant(cast.scope):
        return CoverNeed.objects.get(period_number=period)


def url(cast: SchoolCast, action: str = "", period: int = 1) -> str:
    return f"{NEEDS}{need(cast, period).uuid}/{action}"


def give(client: APIClient, cast: SchoolCast, name: str, period: int = 1, **body: Any) -> Any:
    body = {"person": str(person(cast, name).uuid), **body}
    return client.post(url(cast, "assign/", period), body, format="json")


def publish(cast: SchoolCast) -> None:
    named: dict[str, Any] = {"scope": cast.scope, "school_slug": cast.school.slug, "date": MONDAY}
    plan_day(**named, actor=None, now=MORNING)
    publish_day(**named, actor=None, now=MORNING)


def test_a_need_says_what_was_lost(world: World, manager: APIClient) -> None:
    row = manager.get(url(world.oak)).json()
    assert row["id"] == str(need(world.oak).uuid)
    assert (row["school"], row["date"], row["period"], row["period_name"]) == ("oak", "2026-11-23", 1, "1")
    assert (row["sections"], row["absent"], row["state"]) == ("7a canary-oak", "Ada Oak", "open")
    assert row["staff"] == str(world.oak.posts["Ada"].uuid)
    assert row["assignments"] == []


def test_a_list_is_filtered(world: World, manager: APIClient) -> None:
    def count(query: str) -> int:
        return len(manager.get(f"{NEEDS}?{query}").json()["results"])

    assert count("school=oak&state=open&date=2026-11-23") == 3
    assert count("state=covered") == 0
    assert count("date_from=2026-11-23&date_to=2026-11-24") == 3
    assert count("date_from=2026-11-24") == 0
    assert count(f"person={person(world.oak, 'Ada').uuid}") == 3
    assert count(f"person={person(world.oak, 'Ben').uuid}") == 0


@pytest.mark.parametrize("query", ["school=elm", "school=nowhere", "state=none", "date=monday", "person=x"])
def test_a_filter_that_means_nothing_here_is_refused(world: World, manager: APIClient, query: str) -> None:
    assert manager.get(f"{NEEDS}?{query}").status_code == 400


def test_the_same_number_of_queries_for_3_and_30_needs(world: World, manager: APIClient) -> None:
    def queries() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as caught:
            rows = manager.get(NEEDS).json()["results"]
        return len(caught), len(rows)

    few = queries()
    out(world.oak, "Ben", "Cleo", "Dan", "Eve")
    publish(world.oak)
    for day in range(1, 4):
        out(world.oak, "Ada", "Ben", "Cleo", "Dan", day=MONDAY.replace(day=23 + day))
    many = queries()
    assert (few[1], many[1]) == (3, 36)
    assert few[0] == many[0]


def test_a_foreign_need_does_not_exist(world: World, api: ApiFor) -> None:
    out(world.oak, "Ada")
    for place in (world.elm, world.fir):
        client = api(place.users["cover_manager"])
        for action in ("", "candidates/", "explanation/", "why-not/?person=x"):
            assert client.get(url(world.oak, action)).status_code == 404
        for action in ("assign/", "unassign/", "lock/", "measure/", "waive/", "require/"):
            bodies: list[Any] = [{"person": str(uuid.uuid4()), "measure": "self_study"}, {"person": 7}, []]
            for body in bodies:
                assert client.post(url(world.oak, action), body, format="json").status_code == 404


@pytest.mark.parametrize("role", ["teacher", "approver", "school_viewer"])
def test_only_who_runs_cover_decides(world: World, api: ApiFor, role: str) -> None:
    out(world.oak, "Ada")
    client = api(world.oak.users[role])
    assert give(client, world.oak, "Eve").status_code == 403
    assert client.get(url(world.oak, "candidates/")).status_code == 403


def test_candidates_are_ranked_and_the_others_excluded_with_reasons(world: World, manager: APIClient) -> None:
    rows = manager.get(url(world.oak, "candidates/")).json()
    able = [row for row in rows if row["available"]]
    assert [row["rank"] for row in able] == list(range(1, len(able) + 1))
    assert {"Dan Oak", "Eve Oak", "Sue Pool north"} <= {row["name"] for row in able}
    assert all(row["terms"] and not row["excluded_by"] for row in able)
    (ben,) = [row for row in rows if row["name"] == "Ben Oak"]
    assert (ben["available"], ben["rank"]) == (False, None)
    assert ben["excluded_by"][0]["text"].startswith("teaches 8b")


def test_a_need_that_needs_nobody_has_no_candidates(world: World, manager: APIClient) -> None:
    manager.post(url(world.oak, "waive/"), {}, format="json")
    assert manager.get(url(world.oak, "candidates/")).json() == []


def test_assigning(world: World, manager: APIClient) -> None:
    answer = give(manager, world.oak, "Eve")
    assert answer.status_code == 200
    (row,) = answer.json()["assignments"]
    assert (row["name"], row["kind"], row["state"]) == ("Eve Oak", "supervisor", "proposed")
    assert row["by_hand"]
    assert row["current"]
    with tenant(world.oak.scope):
        entry = AuditEntry.objects.get(action="assignment.assign")
        assert entry.actor == world.oak.users["cover_manager"]


def test_a_district_administrator_may_too(world: World, api: ApiFor) -> None:
    out(world.oak, "Ada")
    assert give(api(world.north.users["admin"]), world.oak, "Eve").status_code == 200
    assert give(api(world.north.users["viewer"]), world.oak, "Eve").status_code == 403


def test_what_somebody_else_changed_is_a_conflict_with_both_versions(
    world: World, manager: APIClient
) -> None:
    give(manager, world.oak, "Eve")
    answer = give(manager, world.oak, "Dan")
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["theirs"] == "Eve Oak"
    assert answer.json()["yours"] == ""
    with tenant(world.oak.scope):
        seen = str(Assignment.objects.get().uuid)
    assert give(manager, world.oak, "Dan", seen=seen).status_code == 200


def test_who_cannot_is_refused_with_the_reasons(world: World, manager: APIClient) -> None:
    answer = give(manager, world.oak, "Ben")
    assert answer.status_code == 400
    assert "teaches 8b" in answer.json()["errors"]["person"][0]
    assert give(manager, world.oak, "Ben", despite=True).status_code == 400


def test_only_limits_that_protect_peoples_time_can_be_gone_over(world: World, manager: APIClient) -> None:
    out(world.oak, "Cleo")
    for period in (1, 2):
        assert give(manager, world.oak, "Dan", period=period).status_code == 200
    third = give(manager, world.oak, "Dan", period=5)
    assert "limit" in third.json()["errors"]["person"][0]
    assert give(manager, world.oak, "Dan", period=5, despite=True).status_code == 200


def test_a_foreign_person_in_a_body_is_the_same_as_one_that_does_not_exist(
    world: World, api: ApiFor, manager: APIClient
) -> None:
    nobody = manager.post(url(world.oak, "assign/"), {"person": str(uuid.uuid4())}, format="json")
    for client in (manager, api(world.north.users["admin"])):
        for cast in (world.elm, world.fir):
            body = {"person": str(person(cast, "Dan").uuid)}
            foreign = client.post(url(world.oak, "assign/"), body, format="json")
            assert (foreign.status_code, foreign.json()) == (400, nobody.json())


def test_unassign_and_lock(world: World, manager: APIClient) -> None:
    assert manager.post(url(world.oak, "lock/"), {}, format="json").status_code == 400
    (row,) = give(manager, world.oak, "Eve").json()["assignments"]
    locked = manager.post(url(world.oak, "lock/"), {"seen": row["id"]}, format="json").json()
    assert locked["assignments"][0]["locked"]
    body = {"seen": row["id"], "locked": False}
    unlocked = manager.post(url(world.oak, "lock/"), body, format="json").json()
    assert not unlocked["assignments"][0]["locked"]
    assert manager.post(url(world.oak, "unassign/"), {}, format="json").status_code == 409
    empty = manager.post(url(world.oak, "unassign/"), {"seen": row["id"]}, format="json").json()
    assert empty["assignments"] == []


def test_measures(world: World, manager: APIClient) -> None:
    answer = manager.post(url(world.oak, "measure/"), {"measure": "self_study"}, format="json").json()
    (row,) = answer["assignments"]
    assert (row["kind"], row["person"], row["name"]) == ("self_study", None, "")
    body = {"measure": "merge", "seen": row["id"]}
    assert manager.post(url(world.oak, "measure/"), body, format="json").status_code == 400
    into = world.oak.lessons["Ben", 1, 1]
    merged = manager.post(url(world.oak, "measure/"), {**body, "into": into.uuid}, format="json").json()
    assert merged["assignments"][0]["into_lesson"] == str(into.uuid)


def test_a_class_cannot_be_merged_into_another_school(world: World, api: ApiFor, manager: APIClient) -> None:
    foreign = {"measure": "merge", "into": str(world.elm.lessons["Ben", 1, 1].uuid)}
    nowhere = {"measure": "merge", "into": str(uuid.uuid4())}
    for client in (manager, api(world.north.users["admin"])):
        answers = [
            client.post(url(world.oak, "measure/"), body, format="json") for body in (foreign, nowhere)
        ]
        assert [answer.status_code for answer in answers] == [400, 400]
        assert answers[0].json() == answers[1].json()


def test_waive_and_require(world: World, manager: APIClient) -> None:
    waived = manager.post(url(world.oak, "waive/"), {"reason": "class trip"}, format="json").json()
    assert (waived["state"], waived["why_not_required"]) == ("not_required", "waived")
    assert manager.post(url(world.oak, "waive/"), {}, format="json").status_code == 409
    assert manager.post(url(world.oak, "require/")).json()["state"] == "open"
    assert manager.post(url(world.oak, "require/")).status_code == 409


def test_a_plan_is_explained(world: World, manager: APIClient) -> None:
    before = manager.get(url(world.oak, "explanation/")).json()
    assert (before["plan"], before["taker"], before["sentence"]) == (None, None, "")
    publish(world.oak)
    found = manager.get(url(world.oak, "explanation/")).json()
    assert found["version"] == 1
    assert found["sentence"].startswith(found["taker"]["name"])
    assert found["terms"]
    assert 0 < len(found["alternatives"]) <= 5
    excluded = {row["name"]: row["reasons"][0]["code"] for row in found["excluded"]}
    assert excluded["Ben Oak"] == "busy"


def test_why_not_is_answered_exactly(world: World, manager: APIClient) -> None:
    ask = url(world.oak, "why-not/?person=")
    ben, sue = person(world.oak, "Ben"), world.north.substitute
    assert sue is not None
    assert manager.get(f"{ask}{ben.uuid}").status_code == 400
    publish(world.oak)
    refused = manager.get(f"{ask}{ben.uuid}").json()
    assert not refused["possible"]
    assert refused["excluded_by"][0]["text"].startswith("teaches 8b")
    dearer = manager.get(f"{ask}{sue.uuid}").json()
    assert dearer["possible"]
    assert dearer["changes"]["money"] > 0
    assert dearer["moves"][0]["need"] == str(need(world.oak).uuid)
    for nobody in (person(world.elm, "Ben").uuid, "x", ""):
        assert manager.get(f"{ask}{nobody}").status_code == 400


def test_a_teacher_sees_the_lessons_they_lost(world: World, api: ApiFor) -> None:
    out(world.oak, "Ada", "Ben")
    rows = api(world.oak.users["teacher"]).get(NEEDS).json()["results"]
    assert {row["absent"] for row in rows} == {"Ada Oak"}


def test_nobody_hears_of_a_draft_through_the_api(world: World, api: ApiFor) -> None:
    """Ada is to cover one of Ben's lessons: she sees it once it is published."""
    out(world.oak, "Ben")
    ada = api(world.oak.users["teacher"])
    found = need(world.oak, period=4)
    with tenant(world.oak.scope):
        assign(need=found, person=person(world.oak, "Ada"), seen="", actor=None, now=MORNING)
    assert ada.get(NEEDS).json()["results"] == []
    assert ada.get(f"{NEEDS}{found.uuid}/").status_code == 404
    assert ada.get("/api/v1/assignments/").json()["results"] == []
    publish(world.oak)
    rows = ada.get(NEEDS).json()["results"]
    assert str(found.uuid) in [row["id"] for row in rows]
    assert {row["name"] for each in rows for row in each["assignments"]} == {"Ada Oak"}
    own = ada.get("/api/v1/assignments/").json()["results"]
    assert {row["name"] for row in own} == {"Ada Oak"}
