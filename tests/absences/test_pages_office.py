"""The school's pages: somebody phoned, one absence, approval."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from absences.models import Absence, AbsenceReason
from absences.services.report import report_absence
from schools.models import AuditEntry, CalendarDay
from schools.tenancy.door import tenant
from staffing.models import Person
from tests.world import MONDAY, World, at

DAY = dt.timedelta(days=1)
SignIn = Callable[..., Client]
PHONE_IN = "/schools/oak/absences/new/"


@pytest.fixture(autouse=True)
def morning() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(at("06:41"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def manager(world: World, signed_in: SignIn) -> Client:
    return signed_in(world.oak.users["cover_manager"])


@pytest.fixture
def approver(world: World, signed_in: SignIn) -> Client:
    return signed_in(world.oak.users["approver"])


def _as_it_opens(client: Client, person: str, **other: Any) -> dict[str, Any]:
    """What the form sends when somebody types a name and Enter."""
    form = client.get(PHONE_IN).context["form"]
    names = ("when", "extent", "reason", "report")
    return {**{name: str(form[name].value()) for name in names}, "person": person, **other}


def _absences(world: World) -> list[Absence]:
    with tenant(world.oak.scope):
        return list(Absence.objects.select_related("post", "reason").prefetch_related("days").order_by("pk"))


def _given(world: World, who: str = "Ben", **other: Any) -> Absence:
    asked: dict[str, Any] = {"start_date": MONDAY, "end_date": MONDAY, "reason": "sick", **other}
    with tenant(world.oak.scope):
        (absence,) = report_absence(
            post=world.oak.posts[who], actor=None, now=at("18:00", MONDAY - DAY), **asked
        )
    return absence


class TestPhoneIn:
    def test_a_name_and_enter_are_enough(self, manager: Client, world: World) -> None:
        answer = manager.post(PHONE_IN, _as_it_opens(manager, "Ben Oak"))
        assert answer["Location"] == "/schools/oak/board/2026-11-23/"
        (absence,) = _absences(world)
        assert (absence.post, absence.starts_on, absence.days.all()[0].kind) == (
            world.oak.posts["Ben"],
            MONDAY,
            "whole",
        )
        assert absence.reported_by == world.oak.users["cover_manager"]

    @pytest.mark.parametrize("typed", ["ben", " BEN OAK ", "Be"])
    def test_a_part_of_the_name_will_do(self, manager: Client, world: World, typed: str) -> None:
        manager.post(PHONE_IN, _as_it_opens(manager, typed))
        assert _absences(world)[0].post == world.oak.posts["Ben"]

    @pytest.mark.parametrize(
        ("typed", "text"),
        [
            ("Zoe", "Nobody here has that name"),
            ("oak", "Several people match: Ada Oak, Ben Oak"),
            ("Ada Elm", "Nobody here has that name"),
            ("", "Say who phoned."),
        ],
    )
    def test_a_name_that_says_too_little_is_asked_again(
        self, manager: Client, world: World, typed: str, text: str
    ) -> None:
        page = manager.post(PHONE_IN, _as_it_opens(manager, typed, note_for_cover="keep me"))
        assert page.status_code == 422
        assert text in page.context["form"].errors["person"][0]
        assert "keep me" in page.content.decode()
        assert _absences(world) == []

    def test_people_of_one_name_are_told_apart(self, manager: Client, world: World) -> None:
        with tenant(world.oak.scope):
            Person.objects.filter(pk=world.oak.posts["Cleo"].person_id).update(name="Ben Oak")
        page = manager.get(PHONE_IN).content.decode()
        assert 'value="Ben Oak (Ben)"' in page
        assert 'value="Ben Oak (Cleo)"' in page
        manager.post(PHONE_IN, _as_it_opens(manager, "Ben Oak (Cleo)"))
        assert _absences(world)[0].post == world.oak.posts["Cleo"]

    def test_the_reason_may_be_left_out(self, manager: Client, world: World) -> None:
        typed = _as_it_opens(manager, "Ben Oak")
        del typed["reason"]
        manager.post(PHONE_IN, typed)
        assert _absences(world)[0].reason.code == "sick"

    def test_the_lessons_of_whoever_was_chosen_are_shown(self, manager: Client) -> None:
        assert manager.get(PHONE_IN).context["lessons"] == []
        page = manager.get(PHONE_IN, {"person": "Ben Oak", "when": "today"})
        assert [row["when"] for row in page.context["lessons"]] == ["08:00–08:50", "10:55–11:45"]

    def test_chosen_lessons(self, manager: Client, world: World) -> None:
        tick = f"{world.oak.posts['Ben'].uuid}.4"
        manager.post(PHONE_IN, _as_it_opens(manager, "Ben Oak", extent="part", periods=[tick]))
        assert _absences(world)[0].days.all()[0].periods == [4]

    def test_lessons_of_somebody_else_are_no_choice(self, manager: Client, world: World) -> None:
        tick = f"{world.oak.posts['Ada'].uuid}.1"
        page = manager.post(PHONE_IN, _as_it_opens(manager, "Ben Oak", extent="part", periods=[tick]))
        assert "Tick the lessons" in page.context["form"].errors["periods"][0]

    def test_from_another_day_of_the_board(self, manager: Client) -> None:
        page = manager.get(PHONE_IN, {"date": "2026-11-25"})
        assert page.context["form"]["start_date"].value() == "2026-11-25"
        assert page.context["board"]["iso"] == "2026-11-25"

    def test_on_a_closed_day_it_starts_with_the_next_one(self, manager: Client, world: World) -> None:
        with tenant(world.oak.scope):
            CalendarDay.objects.filter(date=MONDAY).update(is_open=False)
        assert manager.get(PHONE_IN).context["form"]["when"].value() == "tomorrow"

    def test_one_more_comes_back_to_an_empty_form(self, manager: Client) -> None:
        answer = manager.post(PHONE_IN, _as_it_opens(manager, "Ben Oak", again="1"), follow=True)
        assert answer.redirect_chain == [(f"{PHONE_IN}?date=2026-11-23", 302)]
        assert "Ben Oak is away, Mon 23 Nov, all day." in answer.content.decode()
        assert answer.context["form"]["person"].value() is None

    def test_a_manager_enters_what_was_forgotten_weeks_ago(self, manager: Client, world: World) -> None:
        typed = _as_it_opens(manager, "Ben Oak", when="other", start_date="2026-11-02")
        assert manager.post(PHONE_IN, typed).status_code == 302

    @pytest.mark.parametrize(
        ("role", "status"), [("teacher", 403), ("approver", 403), ("school_viewer", 403)]
    )
    def test_other_roles_may_not(self, world: World, signed_in: SignIn, role: str, status: int) -> None:
        assert signed_in(world.oak.users[role]).get(PHONE_IN).status_code == status

    def test_another_school_does_not_exist(self, world: World, signed_in: SignIn) -> None:
        assert signed_in(world.elm.users["cover_manager"]).get(PHONE_IN).status_code == 404


class TestOneAbsence:
    def test_the_manager_sees_reason_and_notes_and_that_is_recorded(
        self, manager: Client, world: World
    ) -> None:
        absence = _given(world, note_for_office="back pain", note_for_cover="page 3")
        text = manager.get(f"/schools/oak/absences/{absence.uuid}/").content.decode()
        assert all(word in text for word in ("Ben Oak", "Mon 23 Nov, all day", "Sick", "back pain", "page 3"))
        with tenant(world.oak.scope):
            entry = AuditEntry.objects.get(action="absence.read_reason")
        assert (entry.actor, entry.object_id) == (world.oak.users["cover_manager"], absence.pk)

    def test_whoever_may_not_see_the_reason_does_not(self, world: World, signed_in: SignIn) -> None:
        absence = _given(world, note_for_office="back pain")
        viewer = signed_in(world.north.users["viewer"])
        text = viewer.get(f"/schools/oak/absences/{absence.uuid}/").content.decode()
        assert "Ben Oak" in text
        assert "Sick" not in text
        assert "back pain" not in text
        with tenant(world.oak.scope):
            assert not AuditEntry.objects.filter(action="absence.read_reason").exists()

    def test_an_absence_of_another_school_does_not_exist(self, world: World, signed_in: SignIn) -> None:
        absence = _given(world)
        admin = signed_in(world.north.users["admin"])
        assert admin.get(f"/schools/oak/absences/{absence.uuid}/").status_code == 200
        assert admin.get(f"/schools/elm/absences/{absence.uuid}/").status_code == 404
        assert admin.get(f"/schools/oak/absences/{uuid.uuid4()}/").status_code == 404

    def test_the_manager_changes_at_any_time(
        self, manager: Client, world: World, morning: time_machine.Traveller
    ) -> None:
        absence = _given(world, end_date=MONDAY + DAY)
        morning.move_to(at("12:00"))
        url = f"/schools/oak/absences/{absence.uuid}/change/"
        assert "Ben Oak" in manager.get(url).content.decode()
        typed = {"when": "other", "start_date": "2026-11-24", "extent": "all", "confirmed": "1"}
        assert manager.post(url, typed)["Location"] == f"/schools/oak/absences/{absence.uuid}/"
        assert _absences(world)[0].starts_on == MONDAY + DAY

    def test_the_manager_cancels(self, manager: Client, world: World) -> None:
        absence = _given(world)
        url = f"/schools/oak/absences/{absence.uuid}/cancel/"
        assert "2 lessons are not lost any more" in manager.get(url).content.decode()
        manager.post(url)
        assert _absences(world)[0].state == "cancelled"


class TestApproval:
    @pytest.fixture
    def waiting(self, world: World) -> Absence:
        with tenant(world.north.scope):
            AbsenceReason.objects.filter(code="personal").update(needs_approval=True)
        return _given(world, reason="personal")

    @pytest.mark.parametrize(("answer", "state"), [("approve", "active"), ("decline", "declined")])
    def test_the_approver_decides(
        self, approver: Client, world: World, waiting: Absence, answer: str, state: str
    ) -> None:
        page = approver.get("/schools/oak/absences/")
        (line,) = page.context["waiting"]
        assert "Approve" in approver.get(line["url"]).content.decode()
        approver.post(f"{line['url']}decide/", {"answer": answer})
        assert _absences(world)[0].state == state

    def test_deciding_twice_says_how_it_is(self, approver: Client, world: World, waiting: Absence) -> None:
        url = f"/schools/oak/absences/{waiting.uuid}/decide/"
        approver.post(url, {"answer": "approve"})
        answer = approver.post(url, {"answer": "approve"}, follow=True)
        assert "This absence is already reported; it cannot be approved any more." in answer.content.decode()

    def test_an_answer_that_is_neither_decides_nothing(
        self, approver: Client, world: World, waiting: Absence
    ) -> None:
        assert (
            approver.post(f"/schools/oak/absences/{waiting.uuid}/decide/", {"answer": "?"}).status_code == 400
        )
        assert _absences(world)[0].state == "pending"

    def test_a_manager_does_not_decide(self, manager: Client, waiting: Absence) -> None:
        assert "Approve" not in manager.get(f"/schools/oak/absences/{waiting.uuid}/").content.decode()
        assert manager.post(f"/schools/oak/absences/{waiting.uuid}/decide/").status_code == 403


class TestSchoolList:
    def test_who_is_away_on_a_date_without_a_reason(self, manager: Client, world: World) -> None:
        _given(world)
        page = manager.get("/schools/oak/absences/", {"date": "2026-11-23"})
        assert [line["name"] for line in page.context["away"]] == ["Ben Oak"]
        assert "Sick" not in page.content.decode()
        assert manager.get("/schools/oak/absences/", {"date": "2026-11-24"}).context["away"] == []
        assert manager.get("/schools/oak/absences/", {"date": "2026-02-30"}).status_code == 200

    def test_more_rows_cost_no_more_queries(self, manager: Client, world: World) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert manager.get("/schools/oak/absences/").status_code == 200
            return len(captured)

        for number in (1, 2, 3):
            _given(world, periods=[number])
        three = queries()
        for who in ("Ada", "Cleo", "Dan", "Eve"):
            for number in range(1, 7):
                _given(world, who, periods=[number])
        for number in (4, 5, 6):
            _given(world, periods=[number])
        assert queries() == three
