"""Who gets which mail, what is in it, and who gets none."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from time_machine import Traveller

from absences.models import Absence, AbsenceReason
from absences.services.report import report_absence
from coverplans.models import Assignment, Booking, CoverNeed, Offer
from coverplans.services.by_hand import assign, unassign, waive
from coverplans.services.offers import accept_offer, decline_offer
from coverplans.services.plan_day import plan_day
from coverplans.services.publish import publish_day
from coverplans.services.undo_publish import undo_publish
from coverplans.services.upkeep import expire_offers
from schools.models import AuditEntry, Membership, OutboxMessage, User
from schools.outbox.deliver import deliver_due
from schools.tenancy.door import tenant
from staffing.models import Person
from tests.coverplans.services.days import MORNING, end, out
from tests.world import MONDAY, SchoolCast, World, at

EVERYBODY = ("Ada", "Ben", "Cleo", "Dan", "Eve")


def publish(cast: SchoolCast) -> None:
    day: dict[str, Any] = {"scope": cast.scope, "school_slug": cast.school.slug, "date": MONDAY}
    plan_day(**day, actor=None, now=MORNING)
    publish_day(**day, actor=None, now=MORNING)


def delivered() -> list[EmailMessage]:
    """The mails that leave when the outbox is drained now."""
    before = len(mail.outbox)
    tally = deliver_due()
    assert tally.failed == 0
    return list(mail.outbox[before:])


def with_addresses(cast: SchoolCast) -> None:
    with tenant(cast.scope):
        for name, post in cast.posts.items():
            Person.objects.filter(pk=post.person_id).update(
                email=f"{name.lower()}@{cast.school.slug}.example"
            )


def to(mails: Sequence[EmailMessage]) -> list[str]:
    return sorted(address for each in mails for address in each.to)


@pytest.fixture
def oak(world: World) -> SchoolCast:
    """Oak, where everybody has an address and Ada is out."""
    with_addresses(world.oak)
    out(world.oak, "Ada")
    return world.oak


def lost_lessons() -> list[CoverNeed]:
    return list(CoverNeed.objects.order_by("starts_at"))


def absence_of(cast: SchoolCast, name: str) -> Absence:
    with tenant(cast.scope):
        return Absence.objects.get(post=cast.posts[name])


def takers(cast: SchoolCast) -> list[str]:
    with tenant(cast.scope):
        rows = Assignment.objects.filter(person__isnull=False, to_version__isnull=True).exclude(state="ended")
        return sorted(set(rows.values_list("person__email", flat=True)))


def test_who_covers_gets_one_mail_with_all_their_lessons(oak: SchoolCast) -> None:
    with tenant(oak.scope):
        for need, name in zip(lost_lessons(), ("Eve", "Eve", "Cleo"), strict=True):
            assign(need=need, person=oak.posts[name].person, seen="", actor=None, now=MORNING)
    publish(oak)
    mails = delivered()
    assert to(mails) == ["cleo@oak.example", "eve@oak.example"]
    (hers,) = [each for each in mails if each.to == ["eve@oak.example"]]
    assert hers.subject == "You cover 2 lessons on Mon 23 Nov, Oak"
    assert "Eve Oak, on Mon 23 Nov at Oak you cover:" in hers.body
    assert "  08:00–08:50  7a canary-oak Subject Ada canary-oak, R1 (instead of Ada Oak)" in hers.body
    assert "  08:55–09:45  7a" in hers.body
    assert "http://127.0.0.1:8000/my/cover/" in hers.body


def test_no_mail_says_why_somebody_is_away(world: World, oak: SchoolCast) -> None:
    out(world.oak, *EVERYBODY[1:])
    with tenant(oak.scope):
        Absence.objects.update(note_for_office="canary-office", note_for_cover="canary-cover")
    publish(oak)
    end(world.oak, absence_of(oak, "Ada"))
    report(oak, "Ada")
    mails = delivered()
    assert len(mails) >= 3
    for each in mails:
        text = f"{each.subject}\n{each.body}".lower()
        assert not [word for word in ("sick", "canary-office", "canary-cover", "training") if word in text]


def test_sending_again_is_recognised(oak: SchoolCast) -> None:
    publish(oak)
    (first, *_) = delivered()
    with tenant(oak.scope):
        OutboxMessage.objects.filter(topic="cover.assigned").update(state="pending", due_at=MORNING)
    again = delivered()
    assert first.extra_headers["Message-ID"] in {each.extra_headers["Message-ID"] for each in again}


def test_nobody_hears_of_lessons_that_are_over(oak: SchoolCast, morning: Traveller) -> None:
    publish(oak)
    morning.move_to(at("23:00"))
    assert delivered() == []
    with tenant(oak.scope):
        assert not OutboxMessage.objects.filter(state="pending").exists()


def test_what_changed_before_the_mail_left_is_not_told(oak: SchoolCast) -> None:
    publish(oak)
    end(oak, absence_of(oak, "Ada"))
    subjects = [each.subject for each in delivered()]
    assert not [subject for subject in subjects if subject.startswith("You cover")]


def test_whose_lesson_is_withdrawn_hears_of_it(oak: SchoolCast) -> None:
    publish(oak)
    before = takers(oak)
    delivered()
    end(oak, absence_of(oak, "Ada"))
    mails = delivered()
    assert set(to(mails)) == set(before)
    assert mails[0].subject == "One lesson less to cover on Mon 23 Nov, Oak"
    assert "you need not cover any more:" in mails[0].body


def test_taking_a_publication_back_is_told(oak: SchoolCast) -> None:
    publish(oak)
    delivered()
    with tenant(oak.scope):
        undo_publish(school=oak.school, date=MONDAY, actor=None, now=MORNING)
    mails = delivered()
    assert to(mails) == takers(oak)
    assert all("less to cover" in each.subject for each in mails)


def test_a_draft_is_told_to_nobody(oak: SchoolCast) -> None:
    publish(oak)
    delivered()
    with tenant(oak.scope):
        row = Assignment.objects.select_related("need").order_by("starts_at")[0]
        unassign(need=row.need, seen=str(row.uuid), actor=None)
    assert delivered() == []


def test_somebody_without_an_address_is_skipped_and_recorded(world: World) -> None:
    out(world.oak, "Ada")
    with tenant(world.oak.scope):
        eve = world.oak.posts["Eve"].person
        for need in lost_lessons():
            assign(need=need, person=eve, seen="", actor=None, now=MORNING)
    publish(world.oak)
    assert delivered() == []
    with tenant(world.oak.scope):
        entry = AuditEntry.objects.get(action="notice.skip")
        assert entry.reason == "cover.assigned: no e-mail address"
        assert entry.school == world.oak.school
        assert OutboxMessage.objects.get(topic="cover.assigned").state == "sent"


@pytest.fixture
def offered(world: World) -> Offer:
    """Everybody of Oak is out; the substitute is offered a job there."""
    out(world.oak, *EVERYBODY)
    publish(world.oak)
    with tenant(world.oak.scope):
        return Offer.objects.select_related("booking__school").get()


def test_a_substitute_is_offered_a_job(world: World, offered: Offer) -> None:
    (found,) = delivered()
    assert found.to == ["sub@north.example"]
    assert found.subject == "Job on Mon 23 Nov, 08:00–14:15, Oak"
    assert "It is held for you until 08:00." in found.body
    assert f"http://127.0.0.1:8000/offers/{offered.uuid}/" in found.body
    with tenant(world.oak.scope):
        assert found.body.count("instead of") == Assignment.objects.filter(kind="external").count() > 0


def test_an_offer_that_is_over_is_not_sent(offered: Offer, morning: Traveller) -> None:
    morning.move_to(at("08:01"))
    assert delivered() == []


def test_who_lets_a_job_go_is_not_told_so(world: World, offered: Offer) -> None:
    delivered()
    with tenant(world.oak.scope):
        decline_offer(offer=offered, actor=None, now=MORNING)
    assert delivered() == []


def test_a_cancelled_job_is_one_piece_of_news(world: World, offered: Offer) -> None:
    delivered()
    with tenant(world.oak.scope):
        for need in lost_lessons():
            waive(need=need, reason="trip", actor=None)
        assert Booking.objects.get().state == "cancelled"
    (found,) = delivered()
    assert found.subject == "The job on Mon 23 Nov is cancelled, Oak"
    assert "Sue Pool north, Oak does not need you on Mon 23 Nov any more." in found.body


def test_a_lesson_less_in_an_accepted_job_is_told(world: World, offered: Offer) -> None:
    delivered()
    with tenant(world.oak.scope):
        accept_offer(offer=offered, actor=None, now=MORNING)
        row = Assignment.objects.filter(kind="external").select_related("need").order_by("starts_at")[0]
        waive(need=row.need, reason="trip", actor=None)
    (found,) = delivered()
    assert (found.to, found.subject) == (
        ["sub@north.example"],
        "One lesson less to cover on Mon 23 Nov, Oak",
    )


def test_an_offer_nobody_answers_expires(world: World, offered: Offer, morning: Traveller) -> None:
    delivered()
    assert expire_offers(MORNING) == 0
    morning.move_to(at("08:01"))
    assert expire_offers(at("08:01")) == 1
    assert expire_offers(at("08:01")) == 0
    with tenant(world.oak.scope):
        offered.refresh_from_db()
        assert offered.state == "expired"
        booking = Booking.objects.get()
        assert (booking.state, booking.hold) == ("cancelled", None)
        assert not Assignment.objects.filter(kind="external").exclude(state="ended").exists()
        assert AuditEntry.objects.filter(action="offer.expire").count() == 1
    assert delivered() == []


def test_an_accepted_offer_does_not_expire(world: World, offered: Offer) -> None:
    with tenant(world.oak.scope):
        accept_offer(offer=offered, actor=None, now=MORNING)
    assert expire_offers(at("08:01")) == 0
    with tenant(world.oak.scope):
        assert Booking.objects.get().state == "accepted"


def report(cast: SchoolCast, name: str, actor: User | None = None, **extent: Any) -> None:
    with tenant(cast.scope):
        report_absence(
            post=cast.posts[name],
            start_date=MONDAY,
            end_date=MONDAY,
            reason="sick",
            note_for_office="canary-office",
            actor=actor,
            now=MORNING,
            **extent,
        )


def test_cover_managers_hear_of_an_absence(world: World) -> None:
    report(world.oak, "Ada", actor=world.oak.users["teacher"])
    (found,) = delivered()
    assert found.to == ["cover_manager@oak.example"]
    assert found.subject == "Ada Oak is away: Mon 23 Nov, all day"
    assert "3 lessons need cover." in found.body
    assert "http://127.0.0.1:8000/schools/oak/board/2026-11-23/" in found.body


def test_who_entered_it_knows_already(world: World) -> None:
    report(world.oak, "Ada", actor=world.oak.users["cover_manager"])
    assert delivered() == []


def test_only_todays_cover_managers_of_the_school_hear(world: World) -> None:
    with tenant(world.oak.scope):
        Membership.objects.filter(user=world.oak.users["cover_manager"]).update(ends_on="2026-11-22")
    report(world.oak, "Ada")
    assert delivered() == []


def test_an_absence_that_was_cancelled_meanwhile_is_not_told(world: World) -> None:
    report(world.oak, "Ada")
    with tenant(world.oak.scope):
        Absence.objects.update(state="cancelled")
    assert delivered() == []


def test_an_absence_that_waits_for_approval_says_so(world: World) -> None:
    with tenant(world.oak.scope):
        AbsenceReason.objects.filter(code="sick").update(needs_approval=True)
    report(world.oak, "Ada")
    (found,) = delivered()
    assert "It waits for approval" in found.body


def test_an_absence_that_is_over_is_not_told(world: World, morning: Traveller) -> None:
    report(world.oak, "Ada")
    morning.move_to(MORNING.replace(day=24))
    assert delivered() == []
