"""A person's own cover, and a substitute's jobs."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from absences.models import Absence
from coverplans.models import CoverNeed, Offer
from coverplans.services.by_hand import assign, unassign
from coverplans.services.publish import publish
from schools.models import Term
from schools.tenancy.door import tenant
from staffing.models import Person
from tests.coverplans.services.days import MORNING, out
from tests.world import MONDAY, YEAR_START, SchoolCast, World

from .addresses import need_of, seen, shown

SignIn = Callable[..., Client]


def give(cast: SchoolCast, absent: str, number: int, person: Person) -> CoverNeed:
    """Somebody takes the lesson, in a draft."""
    need = need_of(cast, number, absent)
    with tenant(cast.scope):
        need = CoverNeed.objects.select_related("school").get(pk=need.pk)
        assign(need=need, person=person, seen="", actor=None, now=MORNING)
    return need


def make_public(cast: SchoolCast) -> None:
    with tenant(cast.scope):
        publish(school=cast.school, date=MONDAY, actor=None, now=MORNING)


def url(name: str, offer: Offer) -> str:
    return reverse(name, kwargs={"offer": offer.uuid})


@pytest.fixture
def ada(world: World, signed_in: SignIn) -> Client:
    """The browser of the teacher who has a login."""
    return signed_in(world.oak.users["teacher"])


@pytest.fixture
def sub(world: World, signed_in: SignIn) -> Client:
    """The browser of North's substitute."""
    return signed_in(world.north.users["substitute"])


@pytest.fixture
def offer(world: World) -> Offer:
    """Sue is offered the morning in which Ada is out."""
    assert world.north.substitute is not None
    (absence,) = out(world.oak, "Ada")
    with tenant(world.oak.scope):
        Absence.objects.filter(pk=absence.pk).update(note_for_cover="Page 12")
    for number in (1, 2):
        give(world.oak, "Ada", number, world.north.substitute)
    make_public(world.oak)
    with tenant(world.oak.scope):
        return Offer.objects.get()


def test_without_a_duty_it_says_what_will_be_here(world: World, ada: Client) -> None:
    assert "Nothing to cover" in shown(ada, "/my/cover/")


def test_a_draft_is_nobodys_duty_yet(world: World, ada: Client) -> None:
    out(world.oak, "Ben")
    give(world.oak, "Ben", 4, world.oak.posts["Ada"].person)
    assert "Nothing to cover" in shown(ada, "/my/cover/")


def test_a_published_duty_has_class_room_work_and_no_word_why(world: World, ada: Client) -> None:
    (absence,) = out(world.oak, "Ben")
    with tenant(world.oak.scope):
        Absence.objects.filter(pk=absence.pk).update(note_for_cover="Page 12", note_for_office="hush")
    give(world.oak, "Ben", 4, world.oak.posts["Ada"].person)
    make_public(world.oak)
    page = shown(ada, "/my/cover/")
    assert "Monday 23 November" in page
    assert "10:55–11:45" in page
    assert "instead of Ben Oak" in page
    assert "R1" in page
    assert "Page 12" in page
    assert '<span class="tag">new</span>' in page
    assert "sick" not in page.lower()
    assert "hush" not in page


def test_a_duty_that_was_taken_away_again_gives_the_time_back(world: World, ada: Client) -> None:
    out(world.oak, "Ben")
    need = give(world.oak, "Ben", 4, world.oak.posts["Ada"].person)
    make_public(world.oak)
    standing = seen(world.oak, need)
    with tenant(world.oak.scope):
        unassign(need=need, seen=standing, actor=None)
    assert "The time is yours again." not in shown(ada, "/my/cover/")
    make_public(world.oak)
    assert "The time is yours again." in shown(ada, "/my/cover/")


def test_yesterday_is_over(world: World, ada: Client) -> None:
    out(world.oak, "Ben")
    give(world.oak, "Ben", 4, world.oak.posts["Ada"].person)
    make_public(world.oak)
    with time_machine.travel(MORNING + dt.timedelta(days=1), tick=False):
        assert "Nothing to cover" in shown(ada, "/my/cover/")


def test_the_balance_counts_this_term(world: World, ada: Client) -> None:
    with tenant(world.oak.scope):
        Term.objects.create(
            district=world.north.district,
            school=world.oak.school,
            name="Autumn",
            starts_on=YEAR_START,
            ends_on=MONDAY + dt.timedelta(days=30),
        )
    out(world.oak, "Ben")
    give(world.oak, "Ben", 4, world.oak.posts["Ada"].person)
    make_public(world.oak)
    assert "1 lesson (0 h 50 min) covered this term." in shown(ada, "/my/cover/")


def test_nobody_sees_the_duties_of_a_colleague(world: World, ada: Client) -> None:
    out(world.oak, "Ben")
    give(world.oak, "Ben", 4, world.oak.posts["Dan"].person)
    make_public(world.oak)
    assert "Nothing to cover" in shown(ada, "/my/cover/")


def test_without_offers_it_says_what_will_be_here(world: World, sub: Client) -> None:
    assert "No jobs just now" in shown(sub, "/offers/")


def test_a_job_says_when_where_for_how_much_and_until_when(sub: Client, offer: Offer) -> None:
    for page in (shown(sub, "/offers/"), shown(sub, url("offer-detail", offer))):
        assert "Mon 23 Nov · 08:00–12:30" in page
        assert "<b>Oak</b> · half day, morning, 90.00 EUR" in page
        assert page.count('class="tick"') == 2
        assert "Held for you until <b>08:00</b>" in page
        assert "Page 12" not in page


def test_accepting_shows_what_is_needed_on_the_day(world: World, sub: Client, offer: Offer) -> None:
    with tenant(world.oak.scope):
        world.oak.school.phone = "0800 7"
        world.oak.school.save()
    answer = sub.post(url("offer-accept", offer), follow=True)
    assert answer.redirect_chain == [(url("offer-detail", offer), 303)]
    page = answer.content.decode()
    assert "You have accepted this job." in page
    assert 'href="tel:08007"' in page
    assert "Page 12" in page
    assert "Agreed" in shown(sub, "/offers/")
    assert "instead of Ada Oak" in shown(sub, "/my/cover/")


def test_declining_ends_it_and_the_lessons_are_open_again(world: World, sub: Client, offer: Offer) -> None:
    page = sub.post(url("offer-decline", offer), follow=True).content.decode()
    assert "This does not count against you." in page
    assert "You declined this job." in page
    with tenant(world.oak.scope):
        assert set(CoverNeed.objects.values_list("state", flat=True)) == {"open"}


def test_what_was_answered_already_cannot_be_answered_otherwise(sub: Client, offer: Offer) -> None:
    sub.post(url("offer-decline", offer))
    answer = sub.post(url("offer-accept", offer))
    assert answer.status_code == 409
    assert "This offer is not open any more." in answer.content.decode()
    assert 'href="/offers/"' in answer.content.decode()


def test_an_offer_whose_time_is_over_has_no_buttons(sub: Client, offer: Offer) -> None:
    with time_machine.travel(MORNING + dt.timedelta(hours=2), tick=False):
        page = shown(sub, url("offer-detail", offer))
        assert "The time to answer is over" in page
        assert "<form" not in page.split("<main")[1]
        assert sub.post(url("offer-accept", offer)).status_code == 409


def test_somebody_elses_offer_is_not_there(world: World, signed_in: SignIn, offer: Offer) -> None:
    stranger = signed_in(world.south.users["substitute"])
    assert stranger.get(url("offer-detail", offer)).status_code == 404
    assert stranger.post(url("offer-accept", offer)).status_code == 404


@pytest.mark.parametrize("role", ["teacher", "cover_manager"])
def test_offers_are_answered_by_substitutes(world: World, signed_in: SignIn, offer: Offer, role: str) -> None:
    browser = signed_in(world.oak.users[role])
    assert browser.get("/offers/").status_code == 403
    assert browser.post(url("offer-accept", offer)).status_code == 403
