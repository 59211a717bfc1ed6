"""The office's pages of cover: looked at by the district, changed by nobody, corrected with a reason."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from coverplans.models import CreditEntry, Offer
from coverplans.services.plan_day import plan_day
from coverplans.services.publish import publish_day
from schools.models import AuditEntry
from schools.tenancy.door import tenant
from tests.coverplans.services.days import MORNING, out
from tests.world import MONDAY, World

SignIn = Callable[..., Client]
MODELS = ("coverneed", "coverplan", "assignment", "booking", "offer", "creditentry")


@pytest.fixture
def day(world: World) -> World:
    """Oak needs the substitute; Elm covers Ada by itself."""
    with time_machine.travel(MORNING, tick=False):
        for cast, names in ((world.oak, ("Ada", "Ben", "Cleo", "Dan", "Eve")), (world.elm, ("Ada",))):
            out(cast, *names)
            named: dict[str, Any] = {"scope": cast.scope, "school_slug": cast.school.slug, "date": MONDAY}
            plan_day(**named, actor=None, now=MORNING)
            publish_day(**named, actor=None, now=MORNING)
    with tenant(world.oak.scope):
        assert Offer.objects.exists()
    return world


def a_row(world: World, model: str) -> int:
    """The key of a row of North."""
    with tenant(world.north.scope):
        return int(apps.get_model("coverplans", model)._default_manager.values_list("pk", flat=True)[0])


def page(model: str, rest: str = "") -> str:
    return f"/admin/coverplans/{model}/{rest}"


@pytest.mark.parametrize("model", MODELS)
def test_lists_and_rows_are_the_districts_own(day: World, signed_in: SignIn, model: str) -> None:
    key = a_row(day, model)
    mine, foreign = signed_in(day.north.users["viewer"]), signed_in(day.south.users["admin"])
    listed = mine.get(page(model))
    assert listed.status_code == 200
    assert f"/admin/coverplans/{model}/{key}/change/" in listed.content.decode()
    assert mine.get(page(model, f"{key}/change/")).status_code == 200
    assert f"/{key}/change/" not in foreign.get(page(model)).content.decode()
    assert foreign.get(page(model, f"{key}/change/")).status_code == 302


@pytest.mark.parametrize("model", MODELS)
def test_nobody_changes_or_deletes_rows_here(day: World, signed_in: SignIn, model: str) -> None:
    key = a_row(day, model)
    admin = signed_in(day.north.users["admin"])
    assert admin.post(page(model, f"{key}/change/"), {"state": "covered"}).status_code == 403
    assert admin.post(page(model, f"{key}/delete/"), {"post": "yes"}).status_code == 403
    expected = 200 if model == "creditentry" else 403
    assert admin.get(page(model, "add/")).status_code == expected


def correction(world: World, **given: Any) -> dict[str, Any]:
    post = world.oak.posts["Ben"]
    return {"post": post.pk, "date": "2026-11-20", "minutes": 25, "reason": "stayed after the bell", **given}


def test_a_credit_is_corrected_with_a_reason(world: World, signed_in: SignIn) -> None:
    admin = world.north.users["admin"]
    assert signed_in(admin).post(page("creditentry", "add/"), correction(world)).status_code == 302
    with tenant(world.oak.scope):
        entry = CreditEntry.objects.get()
        assert (entry.post, entry.minutes, entry.made_by) == (world.oak.posts["Ben"], 25, admin)
        audit = AuditEntry.objects.get(object_type="coverplans.creditentry")
        assert (audit.action, audit.reason) == ("credit.correct", "stayed after the bell")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"minutes": 0}, "Say how many minutes"),
        ({"reason": "  "}, "This field is required"),
        ({"date": "2020-01-01"}, "The post does not run on that date"),
    ],
)
def test_what_makes_no_sense_is_refused(
    world: World, signed_in: SignIn, given: dict[str, Any], message: str
) -> None:
    client = signed_in(world.north.users["admin"])
    answer = client.post(page("creditentry", "add/"), correction(world, **given))
    assert message in answer.content.decode()
    with tenant(world.oak.scope):
        assert not CreditEntry.objects.exists()


def test_a_foreign_post_cannot_be_named(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.north.users["admin"])
    answer = client.post(page("creditentry", "add/"), correction(world, post=world.fir.posts["Ben"].pk))
    assert answer.status_code == 200
    with tenant(world.fir.scope):
        assert not CreditEntry.objects.exists()


def test_viewers_correct_nothing(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.north.users["viewer"])
    assert client.post(page("creditentry", "add/"), correction(world)).status_code == 403
