"""A teacher changes or cancels what they reported: first what it means, then the change."""

import pytest
import time_machine
from django.test import Client

from schools.models import AuditEntry
from schools.tenancy.door import tenant
from tests.absences.own_pages import DAY, absences, given, tick
from tests.world import MONDAY, World, at

pytestmark = pytest.mark.usefixtures("three_needs_each", "morning")


class TestChange:
    def test_first_what_it_means_then_the_change(self, ada: Client, world: World) -> None:
        absence = given(world, end_date=MONDAY + 2 * DAY)
        url = f"/absences/{absence.uuid}/change/"
        form = ada.get(url).context["form"]
        assert form["start_date"].value() == MONDAY
        typed = {
            "how": "change",
            "when": "other",
            "start_date": "2026-11-23",
            "end_date": "2026-11-24",
            "extent": "all",
        }
        asked = ada.post(url, typed)
        assert asked.status_code == 200
        assert "3 lessons are not lost any more: Wed 25 Nov at 08:00, 08:55, 10:00." in asked.content.decode()
        assert absences(world)[0].ends_on == MONDAY + 2 * DAY
        carried = {field["name"]: field["value"] for field in asked.context["change"]["typed"]}
        assert ada.post(url, carried)["Location"] == f"/absences/{absence.uuid}/"
        assert absences(world)[0].ends_on == MONDAY + DAY

    def test_a_mistake_keeps_what_was_typed(self, ada: Client, world: World) -> None:
        absence = given(world)
        typed = {
            "how": "change",
            "when": "other",
            "start_date": "2026-11-21",
            "end_date": "2026-11-22",
            "extent": "all",
        }
        page = ada.post(f"/absences/{absence.uuid}/change/", typed)
        assert page.status_code == 422
        assert 'value="2026-11-21"' in page.content.decode()
        assert "no open day" in page.context["form"].errors["start_date"][0]

    def test_chosen_lessons_are_ticked_as_they_are(self, ada: Client, world: World) -> None:
        absence = given(world, periods=[1, 3])
        url = f"/absences/{absence.uuid}/change/"
        page = ada.get(url)
        assert [row["is_ticked"] for row in page.context["lessons"]] == [True, False, True]
        typed = {"when": "other", "start_date": "2026-11-23", "extent": "part", "periods": [tick(world, 3)]}
        asked = ada.post(url, typed)
        assert "1 lesson is not lost any more: Mon 23 Nov at 08:00." in asked.content.decode()
        ada.post(url, typed | {"confirmed": "1"})
        assert absences(world)[0].days.all()[0].periods == [3]

    def test_back_early(self, ada: Client, world: World, morning: time_machine.Traveller) -> None:
        absence = given(world, end_date=MONDAY + DAY)
        morning.move_to(at("12:00"))
        url = f"/absences/{absence.uuid}/change/"
        page = ada.get(url, {"how": "early"})
        assert page.context["form"]["back_on"].value() == MONDAY
        typed = {"how": "early", "back_on": "2026-11-24", "back_at": ""}
        assert "3 lessons are not lost any more" in ada.post(url, typed).content.decode()
        ada.post(url, typed | {"confirmed": "1"})
        assert absences(world)[0].ends_on == MONDAY

    def test_back_early_on_no_day_at_all(self, ada: Client, world: World) -> None:
        absence = given(world)
        page = ada.post(f"/absences/{absence.uuid}/change/", {"how": "early", "back_on": ""})
        assert page.status_code == 422
        assert page.context["form"].errors["back_on"] == ["Say on which day."]

    def test_too_late_is_refused_on_the_page(
        self, ada: Client, world: World, morning: time_machine.Traveller
    ) -> None:
        absence = given(world)
        morning.move_to(at("08:01"))
        typed = {"when": "other", "start_date": "2026-11-24", "extent": "all"}
        page = ada.post(f"/absences/{absence.uuid}/change/", typed)
        assert page.status_code == 422
        assert "ask the cover manager to do it now" in page.content.decode()


class TestCancel:
    def test_asked_first_then_cancelled(self, ada: Client, world: World) -> None:
        absence = given(world)
        url = f"/absences/{absence.uuid}/cancel/"
        assert "3 lessons are not lost any more" in ada.get(url).content.decode()
        answer = ada.post(url, follow=True)
        assert "This absence does not count: cancelled" in answer.content.decode()
        assert absences(world)[0].state == "cancelled"

    def test_twice_is_refused_with_words(self, ada: Client, world: World) -> None:
        absence = given(world)
        url = f"/absences/{absence.uuid}/cancel/"
        ada.post(url)
        for answer in (ada.get(url), ada.post(url)):
            assert answer.status_code == 422
            assert "This absence was cancelled" in answer.content.decode()
        with tenant(world.oak.scope):
            assert AuditEntry.objects.filter(action="absence.cancel").count() == 1
