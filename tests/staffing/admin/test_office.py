"""The office's pages of people, posts, the pool and timetables."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from schools.models import AuditEntry, User
from schools.tenancy.door import tenant
from staffing.models import Person, Post, ProtectedPeriod, SubstituteProfile, Timetable, WorkingHours
from tests.world import World

SignIn = Callable[[User], Client]
PAGES = (Person, Post, SubstituteProfile, Timetable)


@pytest.fixture
def office(world: World, signed_in: SignIn) -> Client:
    return signed_in(world.north.users["admin"])


@pytest.fixture
def ada(world: World) -> Person:
    found: Person = world.oak.posts["Ada"].person
    return found


def list_of(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def page_of(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def form_of(client: Client, url: str) -> dict[str, Any]:
    """Everything the page's form would send as it stands."""
    context: Any = client.get(url).context
    forms = [context["adminform"].form]
    for shown in context["inline_admin_formsets"]:
        forms += [shown.formset.management_form, *shown.formset.forms]
    sent = {
        form.add_prefix(name): form[name].value()
        for form in forms
        for name in form.fields
        if form[name].value() is not None
    }
    return {name: value for name, value in sent.items() if value is not False}


@pytest.mark.parametrize("model", PAGES)
def test_lists_hold_the_district_and_nothing_else(world: World, office: Client, model: type[Model]) -> None:
    page = office.get(list_of(model)).content.decode()
    assert "north" in page or "Oak" in page
    assert "Fir" not in page
    assert "south" not in page


def test_a_person_is_changed_and_it_is_audited(world: World, office: Client, ada: Person) -> None:
    sent = form_of(office, page_of(ada)) | {"phone": "0777"}
    assert office.post(page_of(ada), sent).status_code == 302
    with tenant(world.north.scope):
        assert Person.objects.get(pk=ada.pk).phone == "0777"
        entry = AuditEntry.objects.get(action="person.change")
    assert (entry.object_id, entry.actor_id) == (ada.pk, world.north.users["admin"].pk)
    assert "0777" not in str(entry.changes) + entry.reason


def test_the_login_stays_when_something_else_changes(world: World, office: Client, ada: Person) -> None:
    office.post(page_of(ada), form_of(office, page_of(ada)))
    with tenant(world.north.scope):
        assert Person.objects.get(pk=ada.pk).user == world.oak.users["teacher"]


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("teacher@fir.example", "no login with this e-mail in the district"),
        ("nobody@nowhere.example", "no login with this e-mail in the district"),
        ("sub@north.example", "belongs to another person already"),
    ],
)
def test_a_login_must_be_of_the_district_and_free(office: Client, ada: Person, email: str, said: str) -> None:
    answer = office.post(page_of(ada), form_of(office, page_of(ada)) | {"login": email})
    assert said in answer.content.decode()


def test_a_person_gets_a_post(world: World, office: Client, ada: Person) -> None:
    sent = form_of(office, page_of(ada)) | {
        "posts-TOTAL_FORMS": "2",
        "posts-1-school": world.elm.school.pk,
        "posts-1-person": ada.pk,
        "posts-1-kind": "teacher",
        "posts-1-code": "ADA2",
        "posts-1-fte": "0.5",
        "posts-1-starts_on": "2026-11-01",
    }
    assert office.post(page_of(ada), sent).status_code == 302
    with tenant(world.elm.scope):
        assert Post.objects.get(code="ADA2").person_id == ada.pk


def test_a_school_of_another_district_cannot_be_chosen(world: World, office: Client, ada: Person) -> None:
    sent = form_of(office, page_of(ada)) | {
        "posts-TOTAL_FORMS": "2",
        "posts-1-school": world.fir.school.pk,
        "posts-1-kind": "teacher",
        "posts-1-fte": "1",
        "posts-1-starts_on": "2026-11-01",
    }
    assert "Select a valid choice" in office.post(page_of(ada), sent).content.decode()


def test_a_post_gets_hours_and_protected_periods_of_its_school(world: World, office: Client) -> None:
    post = world.oak.posts["Ben"]
    page = office.get(page_of(post)).content.decode()
    assert "Day 1, 1 (08:00–08:50)" in page
    period = world.oak.lessons["Ben", 1, 1].period
    sent = form_of(office, page_of(post)) | {
        "working_hours-TOTAL_FORMS": "1",
        "working_hours-0-weekday": "0",
        "working_hours-0-starts": "08:00",
        "working_hours-0-ends": "12:00",
        "protected_periods-TOTAL_FORMS": "1",
        "protected_periods-0-period": period.pk,
        "protected_periods-0-kind": "lunch",
    }
    assert office.post(page_of(post), sent).status_code == 302
    with tenant(world.oak.scope):
        assert WorkingHours.objects.get(post=post).starts == dt.time(8)
        assert ProtectedPeriod.objects.get(post=post).period == period


def test_a_protected_period_of_another_school_cannot_be_chosen(world: World, office: Client) -> None:
    post = world.oak.posts["Ben"]
    sent = form_of(office, page_of(post)) | {
        "protected_periods-TOTAL_FORMS": "1",
        "protected_periods-0-period": world.elm.lessons["Ben", 1, 1].period_id,
        "protected_periods-0-kind": "lunch",
    }
    assert "Select a valid choice" in office.post(page_of(post), sent).content.decode()


def test_somebody_joins_the_pool(world: World, office: Client, ada: Person) -> None:
    sent = {
        "person": ada.pk,
        "half_day_cents": 8000,
        "day_cents": 15000,
        "max_half_days_a_week": 6,
        "active_from": "2026-11-01",
    }
    assert office.post(reverse("admin:staffing_substituteprofile_add"), sent).status_code == 302
    with tenant(world.north.scope):
        assert SubstituteProfile.objects.get(person=ada).day_cents == 15000


def test_a_timetable_is_looked_at(world: World, office: Client) -> None:
    with tenant(world.oak.scope):
        timetable = Timetable.objects.get()
        timetable.report = {"vacancies": ["Chess <7b>"], "notices": [{"text": "placed twice"}]}
        timetable.save()
    page = office.get(page_of(timetable)).content.decode()
    assert "Chess &lt;7b&gt;" in page
    assert "placed twice" in page
    assert office.post(page_of(timetable), {"name": "x"}).status_code == 403


def test_viewers_look_and_do_not_change(world: World, signed_in: SignIn, ada: Person) -> None:
    viewer = signed_in(world.north.users["viewer"])
    assert viewer.get(page_of(ada)).status_code == 200
    assert viewer.post(page_of(ada), {"name": "x"}).status_code == 403


def test_the_office_is_not_for_schools(world: World, signed_in: SignIn, ada: Person) -> None:
    manager = signed_in(world.oak.users["cover_manager"])
    assert manager.get(list_of(Person)).status_code == 403
    assert manager.get(page_of(ada)).status_code == 403


def test_nobody_reaches_another_district(world: World, office: Client) -> None:
    for foreign in (world.fir.posts["Ada"], world.fir.posts["Ada"].person):
        assert office.get(page_of(foreign)).status_code in (302, 404)
        assert "Fir" not in office.get(page_of(foreign), follow=True).content.decode()
