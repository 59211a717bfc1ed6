"""A teacher's pages, on a phone at a quarter to seven."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from absences.models import Absence, AbsenceDay
from absences.services.report import report_absence
from schools.models import CalendarDay, User
from schools.tenancy.door import tenant
from staffing.models import Post
from tests.absences.own_pages import DAY, MORNING, SignIn, absences, given, tick, typed
from tests.world import MONDAY, World, at

pytestmark = pytest.mark.usefixtures("three_needs_each", "morning")


class TestReport:
    def test_the_form_starts_with_today_and_its_lessons(self, ada: Client, world: World) -> None:
        page = ada.get("/absences/new/")
        assert page.status_code == 200
        assert page.context["form"]["when"].value() == "today"
        assert [row["when"] for row in page.context["lessons"]] == [
            "08:00–08:50",
            "08:55–09:45",
            "10:00–10:50",
        ]
        assert all(row["is_ticked"] for row in page.context["lessons"])
        assert "you, Ada Oak" in page.content.decode()

    def test_after_the_last_lesson_it_starts_with_tomorrow(
        self, ada: Client, morning: time_machine.Traveller
    ) -> None:
        morning.move_to(at("10:51"))
        assert ada.get("/absences/new/").context["form"]["when"].value() == "tomorrow"

    def test_tomorrow_is_the_next_open_day(self, ada: Client, morning: time_machine.Traveller) -> None:
        morning.move_to(at("16:00", MONDAY + 4 * DAY))
        page = ada.get("/absences/new/")
        assert page.context["days"]["tomorrow"] == "Mon 30 Nov"
        assert "Next school day" in page.content.decode()

    def test_another_day_shows_its_lessons_without_a_script(self, ada: Client, world: World) -> None:
        with tenant(world.oak.scope):
            CalendarDay.objects.filter(date=MONDAY + DAY).update(is_open=False)
        page = ada.get("/absences/new/", {"when": "other", "start_date": "2026-11-24"})
        assert page.context["lessons"] == []
        shown = ada.post("/absences/new/", typed(when="other", start_date="2026-11-25", show="lessons"))
        assert shown.status_code == 200
        assert len(shown.context["lessons"]) == 3
        assert shown.context["form"]["start_date"].value() == "2026-11-25"
        assert absences(world) == []

    def test_half_a_minute_is_enough(self, ada: Client, world: World) -> None:
        answer = ada.post("/absences/new/", typed(), follow=True)
        (absence,) = absences(world)
        assert answer.redirect_chain == [(f"/absences/{absence.uuid}/?new=1", 302)]
        text = answer.content.decode()
        assert "Reported 06:41" in text
        assert "Cover manager told." in text
        assert "3 lessons will be covered." in text
        assert "You can change this until 08:00." in text
        assert absence.reported_by == world.oak.users["teacher"]

    def test_sending_it_twice_is_one_report(self, ada: Client, world: World) -> None:
        sent = typed()
        first, second = ada.post("/absences/new/", sent), ada.post("/absences/new/", sent)
        assert first["Location"] == second["Location"]
        assert len(absences(world)) == 1

    def test_ticked_lessons_are_periods(self, ada: Client, world: World) -> None:
        ada.post("/absences/new/", typed(extent="part", periods=[tick(world, 1), tick(world, 3)]))
        (absence,) = absences(world)
        assert absence.days.all()[0].periods == [1, 3]

    def test_times_go_before_ticks(self, ada: Client, world: World) -> None:
        sent = typed(extent="part", periods=[tick(world, 1)], start_time="09:00", end_time="10:30")
        ada.post("/absences/new/", sent)
        (day,) = absences(world)[0].days.all()
        assert (day.kind, day.start_time, day.end_time) == ("times", dt.time(9), dt.time(10, 30))

    def test_several_days(self, ada: Client, world: World) -> None:
        ada.post("/absences/new/", typed(when="other", start_date="2026-11-24", end_date="2026-11-26"))
        (absence,) = absences(world)
        assert (absence.starts_on, absence.ends_on) == (MONDAY + DAY, MONDAY + 3 * DAY)

    def test_work_for_a_lesson_reaches_whoever_covers(self, ada: Client, world: World) -> None:
        work = {f"work-{tick(world, 1)}": "page 12"}
        ada.post("/absences/new/", typed(note_for_cover="Keys at the office.", **work))
        note = absences(world)[0].note_for_cover
        assert note.splitlines()[0] == "Keys at the office."
        assert note.splitlines()[1].startswith("08:00–08:50 7a")
        assert note.endswith(": page 12")

    @pytest.mark.parametrize(
        ("wrong", "field", "text"),
        [
            ({"when": "other"}, "start_date", "Say on which day it starts."),
            (
                {"when": "other", "start_date": "2026-11-24", "end_date": "2026-11-23"},
                "end_date",
                "before it starts",
            ),
            ({"when": "other", "start_date": "2026-11-22"}, "start_date", "no open day"),
            ({"when": "other", "start_date": "nonsense"}, "start_date", "Enter a valid date."),
            ({"extent": "part"}, "periods", "Tick the lessons"),
            ({"extent": "part", "periods": ["nonsense"]}, "periods", "tick them again"),
            ({"extent": "part", "start_time": "11:00", "end_time": "10:00"}, "end_time", "It ends at 10:00"),
            ({"reason": ""}, "reason", "Choose a reason."),
            ({"reason": "boredom"}, "reason", "Select a valid choice."),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
        self, ada: Client, world: World, wrong: dict[str, Any], field: str, text: str
    ) -> None:
        page = ada.post("/absences/new/", typed(note_for_cover="keep me", **wrong))
        assert page.status_code == 422
        assert text in page.context["form"].errors[field][0]
        content = page.content.decode()
        assert "What you typed is still here." in content
        assert "keep me" in content
        assert all(
            f'value="{value}"' in content for value in wrong.values() if isinstance(value, str) and value
        ) or (field == "reason")
        assert absences(world) == []

    def test_what_is_wrong_with_today_is_said_at_today(self, ada: Client, world: World) -> None:
        given(world)
        page = ada.post("/absences/new/", typed())
        assert page.status_code == 422
        assert "is already reported" in page.context["form"].errors["when"][0]

    def test_who_has_no_post_is_told_so(self, world: World, signed_in: SignIn) -> None:
        manager = signed_in(world.oak.users["cover_manager"])
        assert manager.get("/absences/new/").status_code == 200
        page = manager.post("/absences/new/", typed())
        assert page.status_code == 422
        assert "There is no post at a school" in page.content.decode()

    def test_two_schools_get_one_report(self, world: World, ada: Client) -> None:
        with tenant(world.north.scope):
            post = world.elm.posts["Ada"]
            Post.objects.filter(pk=post.pk).update(person=world.oak.posts["Ada"].person)
        page = ada.get("/absences/new/")
        assert "This goes to Elm, Oak." in page.content.decode()
        assert len(page.context["lessons"]) == 6
        receipt = ada.post("/absences/new/", typed(), follow=True)
        assert "6 lessons will be covered." in receipt.content.decode()
        with tenant(world.north.scope):
            assert Absence.objects.count() == 2
        listed = ada.get("/absences/").context["absences"]["coming"]
        assert {entry["when_text"] for entry in listed} == {
            "Mon 23 Nov, all day · Oak",
            "Mon 23 Nov, all day · Elm",
        }


class TestList:
    def test_nothing_yet_says_what_to_do(self, ada: Client) -> None:
        assert "it takes half a minute" in ada.get("/absences/").content.decode()

    def test_coming_and_past_ones(self, ada: Client, world: World) -> None:
        coming = given(world)
        past = given(world, start_date=MONDAY - 5 * DAY, end_date=MONDAY - 5 * DAY)
        found = ada.get("/absences/").context["absences"]
        assert [entry["id"] for entry in found["coming"]] == [coming.uuid]
        assert [entry["id"] for entry in found["past"]] == [past.uuid]
        assert found["coming"][0] | {"id": None} == {
            "id": None,
            "when_text": "Mon 23 Nov, all day",
            "state": "active",
            "state_word": "reported",
            "lessons": 3,
            "covered": 1,
            "can_change": True,
            "can_cancel": True,
            "can_come_back": False,
        }

    def test_while_it_runs_one_can_come_back_early(
        self, ada: Client, world: World, morning: time_machine.Traveller
    ) -> None:
        given(world, end_date=MONDAY + DAY)
        morning.move_to(at("12:00"))
        (entry,) = ada.get("/absences/").context["absences"]["coming"]
        assert (entry["can_cancel"], entry["can_come_back"]) == (False, True)

    def test_nobody_elses_are_here(self, world: World, ada: Client) -> None:
        with tenant(world.oak.scope):
            report_absence(
                post=world.oak.posts["Ben"],
                start_date=MONDAY,
                end_date=MONDAY,
                reason="sick",
                actor=None,
                now=MORNING,
            )
        assert ada.get("/absences/").context["absences"]["coming"] == []

    def test_older_ones_page_by_page(self, ada: Client, world: World) -> None:
        _past(world, 25)
        first = ada.get("/absences/").context["absences"]
        second = ada.get("/absences/" + first["more_url"]).context["absences"]
        assert (len(first["past"]), len(second["past"]), second["more_url"]) == (20, 5, "")
        assert not {entry["id"] for entry in first["past"]} & {entry["id"] for entry in second["past"]}

    def test_thirty_cost_what_three_cost(self, ada: Client, world: World) -> None:
        def queries() -> int:
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert ada.get("/absences/").status_code == 200
            return len(captured)

        for number in (1, 2, 3):
            given(world, periods=[number])
        three = queries()
        for offset in range(1, 26):
            if (MONDAY + offset * DAY).weekday() < 5:
                given(world, start_date=MONDAY + offset * DAY, end_date=MONDAY + offset * DAY)
        assert queries() == three


def _past(world: World, number: int) -> None:
    """So many absences on one day, one second long each: only the list looks at them."""
    first = given(world, start_date=MONDAY - 5 * DAY, end_date=MONDAY - 5 * DAY)
    with tenant(world.oak.scope):
        (day,) = AbsenceDay.objects.filter(absence=first)
        for _ in range(number - 1):
            first.pk, first.uuid = None, uuid.uuid4()
            first.save()
            day.pk, day.absence = None, first
            day.save()


class TestDetail:
    def test_the_receipt_stays(self, ada: Client, world: World, morning: time_machine.Traveller) -> None:
        absence = given(world)
        morning.move_to(at("08:01"))
        text = ada.get(f"/absences/{absence.uuid}/").content.decode()
        assert "Reported Sun 22 Nov, 18:00" in text
        assert "You can change this" not in text
        assert "data-absence-sent" not in text

    def test_somebody_elses_does_not_exist(self, world: World, signed_in: SignIn) -> None:
        absence = given(world)
        elm_teacher = signed_in(world.elm.users["teacher"])
        assert elm_teacher.get(f"/absences/{absence.uuid}/").status_code == 404
        assert elm_teacher.get(f"/absences/{absence.uuid}/change/").status_code == 404
        assert elm_teacher.post(f"/absences/{absence.uuid}/cancel/").status_code == 404

    def test_a_manager_is_led_to_the_office(self, world: World, signed_in: SignIn) -> None:
        absence = given(world)
        manager = signed_in(world.oak.users["cover_manager"])
        answer = manager.get(f"/absences/{absence.uuid}/")
        assert answer["Location"] == f"/schools/oak/absences/{absence.uuid}/"

    @pytest.mark.parametrize("role", ["school_viewer", "substitute"])
    def test_other_roles_may_not(self, world: World, signed_in: SignIn, role: str) -> None:
        user: User = (world.oak.users | world.north.users)[role]
        assert signed_in(user).get("/absences/").status_code == 403
