"""Schools, settings, calendar and operations in the office."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from schools.models import (
    AuditEntry,
    BellSchedule,
    CalendarDay,
    Closure,
    OutboxMessage,
    School,
    Setting,
    Term,
    User,
)
from schools.outbox.announce import announce
from schools.selectors.settings import settings_of
from schools.settings_registry import STILL_TAUGHT_MINUTES
from schools.tenancy.door import tenant
from tests.world import MONDAY, YEAR_START, World

BASE = "/admin/schools/"


@pytest.fixture
def office(world: World, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(world.north.users["admin"])


def run(office: Client, page: str, action: str, *rows: Any) -> str:
    form = {"action": action, "_selected_action": [row.pk for row in rows]}
    return office.post(f"{BASE}{page}/", form, follow=True).content.decode()


def test_adding_a_school(world: World, office: Client) -> None:
    form = {"name": "Ash", "slug": "ash", "timezone": "Europe/Madrid", "phone": "0123"}
    office.post(f"{BASE}school/add/", form)
    with tenant(world.north.scope):
        school = School.objects.get(slug="ash")
        assert (school.name, school.phone) == ("Ash", "0123")
        assert CalendarDay.objects.filter(school=school).exists()


def test_a_slug_that_is_taken_elsewhere_is_refused_in_the_form(world: World, office: Client) -> None:
    form = {"name": "Fir", "slug": "fir", "timezone": "Europe/Madrid", "phone": ""}
    answer = office.post(f"{BASE}school/add/", form)
    assert answer.status_code == 200
    assert "is taken" in answer.content.decode()


def test_describing_a_school_keeps_its_slug(world: World, office: Client) -> None:
    oak = world.oak.school
    office.post(f"{BASE}school/{oak.pk}/change/", {"name": "Old Oak", "phone": "55", "slug": "other"})
    with tenant(world.north.scope):
        oak.refresh_from_db()
        assert (oak.name, oak.phone, oak.slug) == ("Old Oak", "55", "oak")
        assert AuditEntry.objects.get(action="school.describe").changes["name"] == ["Oak", "Old Oak"]


def test_an_archived_school_has_no_pages_until_it_is_opened_again(
    world: World, office: Client, signed_in: Callable[[User], Client]
) -> None:
    manager = signed_in(world.oak.users["cover_manager"])
    statuses = []
    for action in ("archive", "reopen"):
        run(office, "school", action, world.oak.school)
        statuses.append(manager.get("/schools/oak/board/", follow=True).status_code)
    assert statuses == [404, 200]


def test_a_setting_is_given_changed_and_forgotten(world: World, office: Client) -> None:
    key, oak = STILL_TAUGHT_MINUTES.key, world.oak.school
    office.post(f"{BASE}setting/add/", {"key": key, "school": oak.pk, "value": "20"})
    with tenant(world.north.scope):
        setting = Setting.objects.get()
        assert settings_of(oak)[STILL_TAUGHT_MINUTES] == 20
    office.post(f"{BASE}setting/{setting.pk}/change/", {"value": "25"})
    with tenant(world.north.scope):
        assert settings_of(oak)[STILL_TAUGHT_MINUTES] == 25
    office.post(f"{BASE}setting/{setting.pk}/delete/", {"post": "yes"})
    with tenant(world.north.scope):
        assert not Setting.objects.exists()
        actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
        assert list(actions) == ["setting.change", "setting.change", "setting.forget"]


@pytest.mark.parametrize("value", ["many", "-5", "true", "1.5"])
def test_a_value_the_registry_does_not_take_is_refused_in_the_form(
    world: World, office: Client, value: str
) -> None:
    form = {"key": STILL_TAUGHT_MINUTES.key, "school": "", "value": value}
    answer = office.post(f"{BASE}setting/add/", form)
    assert answer.status_code == 200
    assert "The value must be" in answer.content.decode()


def test_a_closure_closes_days_and_is_reinstated(world: World, office: Client) -> None:
    form = {
        "school": world.oak.school.pk,
        "name": "Storm",
        "starts_on": "2026-11-24",
        "ends_on": "2026-11-24",
    }
    office.post(f"{BASE}closure/add/", form)
    tuesday = {"school": world.oak.school, "date": "2026-11-24"}
    with tenant(world.north.scope):
        closure = Closure.objects.get()
        assert not CalendarDay.objects.get(**tuesday).is_open
    run(office, "closure", "reinstate", closure)
    with tenant(world.north.scope):
        assert CalendarDay.objects.get(**tuesday).is_open


def test_a_closure_that_ends_before_it_starts_is_refused_in_the_form(world: World, office: Client) -> None:
    form = {
        "school": world.oak.school.pk,
        "name": "Storm",
        "starts_on": "2026-11-24",
        "ends_on": "2026-11-23",
    }
    assert office.post(f"{BASE}closure/add/", form).status_code == 200
    with tenant(world.north.scope):
        assert not Closure.objects.exists()


def test_a_term_is_added_and_recorded(world: World, office: Client) -> None:
    form = {
        "school": world.oak.school.pk,
        "name": "Autumn",
        "starts_on": "2026-09-01",
        "ends_on": "2026-12-18",
    }
    office.post(f"{BASE}term/add/", form)
    with tenant(world.north.scope):
        assert Term.objects.get().district == world.north.district
        assert AuditEntry.objects.get().action == "term.add"


def test_the_cycle_is_shifted_from_a_day_on(world: World, office: Client) -> None:
    with tenant(world.north.scope):
        day = CalendarDay.objects.get(school=world.oak.school, date=MONDAY)
    run(office, "calendarday", "shift_on", day)
    with tenant(world.north.scope):
        day.refresh_from_db()
    assert day.cycle_day == 2


def test_other_bells_ring_on_a_day(world: World, office: Client) -> None:
    with tenant(world.north.scope):
        day = CalendarDay.objects.get(school=world.oak.school, date=MONDAY)
    url = f"{BASE}calendarday/{day.pk}/change/"
    assert "no bells of this name" in office.post(url, {"bell_variant": "short"}).content.decode()
    with tenant(world.north.scope):
        BellSchedule.objects.create(
            district=world.north.district,
            school=world.oak.school,
            variant="short",
            name="Short",
            effective_from=YEAR_START,
        )
    office.post(url, {"bell_variant": "short"})
    with tenant(world.north.scope):
        day.refresh_from_db()
        assert day.bell_variant == "short"
        assert AuditEntry.objects.filter(action="calendar.bells").count() == 1


def test_a_message_is_sent_again_by_administrators_only(
    world: World, office: Client, signed_in: Callable[[User], Client]
) -> None:
    with tenant(world.oak.scope):
        announce("x", district_id=world.north.district.pk, school_id=world.oak.school.pk, payload={})
        OutboxMessage.objects.update(state="dead")
        message = OutboxMessage.objects.get()
    states = []
    for client in (signed_in(world.north.users["viewer"]), office):
        run(client, "outboxmessage", "try_again", message)
        with tenant(world.oak.scope):
            states.append(OutboxMessage.objects.get().state)
    assert states == ["dead", "pending"]


def test_the_history_of_a_row_is_its_audit(world: World, office: Client) -> None:
    oak = world.oak.school
    office.post(f"{BASE}school/{oak.pk}/change/", {"name": "Old Oak", "phone": ""})
    answer = office.get(f"{BASE}school/{oak.pk}/history/", follow=True)
    assert answer.status_code == 200
    assert "school.describe" in answer.content.decode()
