"""The office's pages of reasons and absences."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from absences.models import Absence, AbsenceReason
from absences.services.report import report_absence
from schools.models import AuditEntry
from schools.tenancy.door import tenant
from tests.world import MONDAY, World, at

SignIn = Callable[..., Client]
REASON = {"code": "jury", "name": "Jury duty", "category": "other", "rank": "5", "is_active": "on"}


@pytest.fixture
def admin(world: World, signed_in: SignIn) -> Client:
    return signed_in(world.north.users["admin"])


@pytest.fixture
def absence(world: World) -> Absence:
    with tenant(world.oak.scope):
        (found,) = report_absence(
            post=world.oak.posts["Ada"],
            start_date=MONDAY,
            end_date=MONDAY,
            reason="sick",
            note_for_office="back pain",
            actor=None,
            now=at("06:41"),
        )
    return found


def test_an_administrator_adds_a_reason(world: World, admin: Client) -> None:
    assert admin.post(reverse("admin:absences_absencereason_add"), REASON).status_code == 302
    with tenant(world.north.scope):
        reason = AbsenceReason.objects.get(code="jury")
        assert reason.district == world.north.district
        assert AuditEntry.objects.filter(action="absencereason.add", object_id=reason.pk).count() == 1


def test_a_code_is_taken_once(admin: Client) -> None:
    page = admin.post(reverse("admin:absences_absencereason_add"), {**REASON, "code": "sick"})
    assert page.status_code == 200
    assert "There is a reason with this code already." in page.content.decode()


def test_a_code_stays(world: World, admin: Client) -> None:
    with tenant(world.north.scope):
        sick = AbsenceReason.objects.get(code="sick")
    admin.post(reverse("admin:absences_absencereason_change", args=[sick.pk]), {**REASON, "name": "Ill"})
    with tenant(world.north.scope):
        changed = AbsenceReason.objects.get(pk=sick.pk)
    assert (changed.code, changed.name) == ("sick", "Ill")


def test_absences_are_looked_at_without_their_reason(admin: Client, absence: Absence) -> None:
    url = reverse("admin:absences_absence_change", args=[absence.pk])
    assert "Ada Oak" in admin.get(reverse("admin:absences_absence_changelist")).content.decode()
    text = admin.get(url).content.decode()
    assert f"/schools/oak/absences/{absence.uuid}/" in text
    assert "back pain" not in text
    assert "Sick" not in text
    assert admin.post(url, {"state": "cancelled"}).status_code == 403
