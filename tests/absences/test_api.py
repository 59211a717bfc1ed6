"""`absences` and `absence-reasons`, as a program sees them."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from absences import hooks
from absences.hooks import NeedCount
from absences.models import Absence, AbsenceReason
from absences.services.report import report_absence
from schools.models import AuditEntry, User
from schools.tenancy.door import tenant
from tests.world import MONDAY, World, at

Api = Callable[[User], APIClient]
ABSENCES = "/api/v1/absences/"
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def morning() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(at("06:41"), tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _three_needs_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever counts needs counts three, and one of them covered."""
    monkeypatch.setattr(
        hooks, "_counters", [lambda absences: {absence.pk: NeedCount(3, 1) for absence in absences}]
    )


@pytest.fixture
def manager(world: World, api: Api) -> APIClient:
    return api(world.oak.users["cover_manager"])


@pytest.fixture
def teacher(world: World, api: Api) -> APIClient:
    return api(world.oak.users["teacher"])


def _asked(world: World, who: str = "Ada", **other: Any) -> dict[str, Any]:
    post = world.oak.posts[who]
    return {
        "staff": str(post.uuid),
        "start_date": "2026-11-23",
        "end_date": "2026-11-23",
        "reason": "sick",
        **other,
    }


def _given(world: World, who: str = "Ada", **other: Any) -> Absence:
    asked: dict[str, Any] = {"start_date": MONDAY, "end_date": MONDAY, "reason": "sick", **other}
    with tenant(world.oak.scope):
        (absence,) = report_absence(
            post=world.oak.posts[who], actor=None, now=at("18:00", MONDAY - DAY), **asked
        )
    return absence


def _url(absence: Absence, *action: str) -> str:
    return "/".join([f"{ABSENCES}{absence.uuid}", *action, ""])


def test_the_reasons_that_can_be_given(world: World, teacher: APIClient) -> None:
    with tenant(world.north.scope):
        AbsenceReason.objects.filter(code="training").update(is_active=False)
    found = teacher.get("/api/v1/absence-reasons/").json()["results"]
    assert {reason["code"]: reason["is_sensitive"] for reason in found} == {"sick": True, "personal": False}


class TestCreate:
    def test_a_manager_reports(self, world: World, manager: APIClient) -> None:
        answer = manager.post(ABSENCES, _asked(world, note_for_cover="page 3"), format="json")
        assert answer.status_code == 201
        body = answer.json()
        assert (body["state"], body["needs"], body["covered"]) == ("active", 3, 1)
        assert (body["reason"], body["note_for_cover"], body["name"]) == ("sick", "page 3", "Ada Oak")
        assert body["days"][0]["starts_at"] == "2026-11-22T23:00:00Z"
        with tenant(world.oak.scope):
            assert str(Absence.objects.get().uuid) == body["id"]

    @pytest.mark.parametrize(
        ("part", "kind"),
        [({"start_time": "09:00", "end_time": "10:00"}, "times"), ({"periods": [1, 3]}, "periods")],
    )
    def test_a_part_of_the_day(
        self, world: World, manager: APIClient, part: dict[str, Any], kind: str
    ) -> None:
        body = manager.post(ABSENCES, _asked(world, **part), format="json").json()
        assert body["days"][0]["kind"] == kind

    def test_a_teacher_reports_the_own_post_only(self, world: World, teacher: APIClient) -> None:
        assert teacher.post(ABSENCES, _asked(world, "Ben"), format="json").status_code == 400
        assert teacher.post(ABSENCES, _asked(world), format="json").status_code == 201

    def test_a_foreign_post_and_none_at_all_are_the_same(self, world: World, manager: APIClient) -> None:
        foreign = manager.post(ABSENCES, _asked(world, staff=str(world.elm.posts["Ada"].uuid)), format="json")
        unknown = manager.post(ABSENCES, _asked(world, staff=str(uuid.uuid4())), format="json")
        assert foreign.status_code == unknown.status_code == 400
        assert foreign.content == unknown.content

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"end_date": "2026-11-22"}, "end_date"),
            ({"reason": "boredom"}, "reason"),
            ({"periods": [9]}, "periods"),
            ({"periods": []}, "periods"),
            ({"start_date": "tomorrow"}, "start_date"),
            ({"staff": "me"}, "staff"),
        ],
    )
    def test_refusals_name_their_field(
        self, world: World, manager: APIClient, wrong: dict[str, Any], field: str
    ) -> None:
        answer = manager.post(ABSENCES, _asked(world, **wrong), format="json")
        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"
        assert field in answer.json()["errors"]

    def test_the_same_key_again_is_the_same_absence(self, world: World, manager: APIClient) -> None:
        headers = {"Idempotency-Key": "one"}
        first = manager.post(ABSENCES, _asked(world), format="json", headers=headers)
        again = manager.post(ABSENCES, _asked(world), format="json", headers=headers)
        assert first.status_code == again.status_code == 201
        assert first.json()["id"] == again.json()["id"]

    @pytest.mark.parametrize("role", ["approver", "school_viewer", "viewer", "substitute"])
    def test_other_roles_may_not(self, world: World, api: Api, role: str) -> None:
        client = api((world.oak.users | world.north.users)[role])
        assert client.post(ABSENCES, _asked(world), format="json").status_code == 403


class TestRead:
    def test_a_manager_sees_the_own_school(self, world: World, manager: APIClient, api: Api) -> None:
        absence = _given(world)
        assert [row["id"] for row in manager.get(ABSENCES).json()["results"]] == [str(absence.uuid)]
        elm = api(world.elm.users["cover_manager"])
        assert elm.get(ABSENCES).json()["results"] == []
        assert elm.get(_url(absence)).status_code == 404

    def test_a_teacher_sees_the_own_ones(self, world: World, teacher: APIClient) -> None:
        absence, other = _given(world), _given(world, "Ben")
        assert [row["id"] for row in teacher.get(ABSENCES).json()["results"]] == [str(absence.uuid)]
        assert teacher.get(_url(other)).status_code == 404

    def test_reading_a_sensitive_reason_is_recorded(self, world: World, manager: APIClient) -> None:
        absence = _given(world, note_for_office="back pain")
        assert manager.get(_url(absence)).json()["note_for_office"] == "back pain"
        with tenant(world.oak.scope):
            assert AuditEntry.objects.get(action="absence.read_reason").object_id == absence.pk

    def test_a_viewer_sees_no_reason_and_no_note(self, world: World, api: Api) -> None:
        absence = _given(world, note_for_office="back pain", note_for_cover="page 3")
        body = api(world.north.users["viewer"]).get(_url(absence)).json()
        assert (body["reason"], body["note_for_office"], body["note_for_cover"]) == (None, None, None)
        with tenant(world.oak.scope):
            assert not AuditEntry.objects.filter(action="absence.read_reason").exists()

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"date": "2026-11-24"}, {"long"}),
            ({"date_from": "2026-11-25"}, {"late"}),
            ({"date_to": "2026-11-24"}, {"long", "short"}),
            ({"state": "cancelled"}, set()),
            ({"school": "oak", "state": "active"}, {"long", "short", "late"}),
        ],
    )
    def test_filters(self, world: World, manager: APIClient, asked: dict[str, str], found: set[str]) -> None:
        ids = {
            str(_given(world, end_date=MONDAY + DAY).uuid): "long",
            str(_given(world, "Ben").uuid): "short",
            str(_given(world, start_date=MONDAY + 3 * DAY, end_date=MONDAY + 3 * DAY).uuid): "late",
        }
        assert {ids[row["id"]] for row in manager.get(ABSENCES, asked).json()["results"]} == found

    def test_the_filter_of_a_person(self, world: World, manager: APIClient) -> None:
        _given(world)
        ben = _given(world, "Ben")
        found = manager.get(ABSENCES, {"person": str(world.oak.posts["Ben"].person.uuid)}).json()["results"]
        assert [row["id"] for row in found] == [str(ben.uuid)]
        foreign = manager.get(ABSENCES, {"person": str(world.elm.posts["Ben"].person.uuid)})
        assert foreign.status_code == 400
        assert manager.get(ABSENCES, {"school": "elm"}).status_code == 400

    def test_thirty_cost_what_three_cost(self, world: World, manager: APIClient) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert manager.get(ABSENCES, {"page_size": 100}).status_code == 200
            return len(captured)

        for number in (1, 2, 3):
            _given(world, periods=[number])
        three = queries()
        for who in ("Ben", "Cleo", "Dan", "Eve"):
            for number in range(1, 7):
                _given(world, who, periods=[number])
        for number in (4, 5, 6):
            _given(world, periods=[number])
        assert queries() == three


class TestActions:
    def test_cancel(self, world: World, manager: APIClient) -> None:
        absence = _given(world)
        body = manager.post(_url(absence, "cancel"), {"reason": "feels better"}, format="json").json()
        assert body["state"] == "cancelled"
        again = manager.post(_url(absence, "cancel"), {}, format="json")
        assert again.status_code == 400
        assert "was cancelled" in again.json()["detail"]

    def test_a_teacher_cancels_in_time_only(
        self, world: World, teacher: APIClient, manager: APIClient, morning: time_machine.Traveller
    ) -> None:
        absence = _given(world)
        morning.move_to(at("08:30"))
        late = teacher.post(_url(absence, "cancel"), {}, format="json")
        assert late.status_code == 400
        assert "ask the cover manager" in late.json()["detail"]
        assert manager.post(_url(absence, "cancel"), {}, format="json").status_code == 200

    @pytest.mark.parametrize(
        ("asked", "kinds"),
        [
            ({"end_date": "2026-11-23"}, ["times"]),
            ({"start_date": "2026-11-24"}, ["times"]),
            ({"start_time": None}, ["whole", "whole"]),
            ({"periods": [2]}, ["periods", "periods"]),
            ({"end_time": "10:00"}, ["times", "times"]),
        ],
    )
    def test_change_keeps_what_is_left_out(
        self, world: World, manager: APIClient, asked: dict[str, Any], kinds: list[str]
    ) -> None:
        absence = _given(world, end_date=MONDAY + DAY, start_time=dt.time(9))
        body = manager.post(_url(absence, "change"), asked, format="json").json()
        assert [day["kind"] for day in body["days"]] == kinds

    def test_times_replace_periods(self, world: World, manager: APIClient) -> None:
        absence = _given(world, periods=[1])
        body = manager.post(_url(absence, "change"), {"start_time": "09:00"}, format="json").json()
        assert (body["days"][0]["kind"], body["days"][0]["periods"]) == ("times", [])

    @pytest.mark.parametrize(("action", "state"), [("approve", "active"), ("decline", "declined")])
    def test_an_approver_decides(
        self, world: World, api: Api, manager: APIClient, action: str, state: str
    ) -> None:
        with tenant(world.north.scope):
            AbsenceReason.objects.filter(code="personal").update(needs_approval=True)
        absence = _given(world, reason="personal")
        assert manager.post(_url(absence, action), {}, format="json").status_code == 403
        approver = api(world.oak.users["approver"])
        assert approver.post(_url(absence, action), {}, format="json").json()["state"] == state

    @pytest.mark.parametrize("action", ["cancel", "change", "approve", "decline"])
    def test_an_absence_behind_a_wall_does_not_exist(self, world: World, api: Api, action: str) -> None:
        absence = _given(world)
        admin = api(world.south.users["admin"])
        assert admin.post(_url(absence, action), {}, format="json").status_code == 404
