"""From an absence to a published plan, and back."""

import datetime as dt

import pytest

from coverplans.models import Assignment, Booking, CoverNeed, CoverPlan, CreditEntry, Explanation, Offer
from coverplans.services.by_hand import assign, set_lock, take_measure, unassign, waive
from coverplans.services.drafts import discard_draft
from coverplans.services.offers import accept_offer, decline_offer
from coverplans.services.plan_day import plan_day
from coverplans.services.publish import publish_day
from coverplans.services.undo_publish import undo_publish
from schools.errors import Conflict, Refused
from schools.models import AuditEntry, OutboxMessage
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from staffing.models import PersonHold
from tests.coverplans.services.days import MORNING, end, out
from tests.world import MONDAY, SchoolCast, World, at, build_world


@pytest.fixture
def world(transactional_db: None) -> World:
    """Planning opens its own transactions, so these tests commit."""
    return build_world()


def plan(cast: SchoolCast) -> CoverPlan:
    return plan_day(scope=cast.scope, school_slug=cast.school.slug, date=MONDAY, actor=None, now=MORNING)


def publish(cast: SchoolCast) -> None:
    publish_day(scope=cast.scope, school_slug=cast.school.slug, date=MONDAY, actor=None, now=MORNING)


def needs(cast: SchoolCast) -> dict[int, CoverNeed]:
    with tenant(cast.scope):
        return {need.period_number: need for need in CoverNeed.objects.order_by("starts_at")}


def takers(cast: SchoolCast) -> dict[int, str]:
    with tenant(cast.scope):
        rows = (
            Assignment.objects.filter(to_version__isnull=True)
            .exclude(state="ended")
            .select_related("person", "need")
        )
        return {row.need.period_number: row.person.name if row.person else row.kind for row in rows}


def test_each_lost_lesson_is_a_need(world: World) -> None:
    out(world.oak, "Ada")
    assert {number: need.state for number, need in needs(world.oak).items()} == {
        1: "open",
        2: "open",
        3: "open",
    }


def test_recomputing_changes_nothing(world: World) -> None:
    out(world.oak, "Ada")
    before = [need.pk for need in needs(world.oak).values()]
    out(world.oak)
    assert [need.pk for need in needs(world.oak).values()] == before


def test_a_day_is_planned_to_the_last_lesson_and_explained(world: World) -> None:
    out(world.oak, "Ada", "Ben")
    found = plan(world.oak)
    assert found.is_proven
    assert found.state == "draft"
    with tenant(world.oak.scope):
        assert Assignment.objects.count() == 5
        assert Explanation.objects.filter(plan=found).count() == 5
        assert all(row.chosen["sentence"] for row in Explanation.objects.all())
        assert not PersonHold.objects.exclude(kind="unavailable").exists()


def test_planning_twice_keeps_every_row(world: World) -> None:
    out(world.oak, "Ada")
    plan(world.oak)
    with tenant(world.oak.scope):
        before = set(Assignment.objects.values_list("uuid", flat=True))
    second = plan(world.oak)
    with tenant(world.oak.scope):
        assert set(Assignment.objects.values_list("uuid", flat=True)) == before
        assert CoverPlan.objects.filter(state="draft").get().pk == second.pk


def test_publishing_confirms_holds_credits_and_tells(world: World) -> None:
    out(world.oak, "Ada")
    plan(world.oak)
    publish(world.oak)
    with tenant(world.oak.scope):
        colleagues = Assignment.objects.filter(state="confirmed", person__isnull=False)
        assert colleagues.count() == PersonHold.objects.filter(kind="assignment").count() > 0
        assert {need.state for need in CoverNeed.objects.all()} <= {"covered", "open"}
        assert CreditEntry.objects.count() == colleagues.filter(post__isnull=False).count()
        told = OutboxMessage.objects.filter(topic="cover.assigned")
        assert told.count() == len({row.person_id for row in colleagues})
        assert AuditEntry.objects.filter(action="plan.publish").exists()


def test_undo_publish_gives_everything_back(world: World) -> None:
    out(world.oak, "Ada")
    plan(world.oak)
    publish(world.oak)
    with tenant(world.oak.scope):
        undone = undo_publish(school=world.oak.school, date=MONDAY, actor=None, now=MORNING)
        assert undone.state == "draft"
        assert not PersonHold.objects.exclude(kind="unavailable").exists()
        assert sum(entry.minutes for entry in CreditEntry.objects.all()) == 0
        assert {row.state for row in Assignment.objects.all()} == {"proposed"}
        assert {need.state for need in CoverNeed.objects.all()} == {"open"}
    publish(world.oak)
    with tenant(world.oak.scope):
        assert {need.state for need in CoverNeed.objects.all()} == {"covered"}


def test_undo_gives_a_replaced_colleague_the_lesson_back(world: World) -> None:
    out(world.oak, "Ada")
    plan(world.oak)
    publish(world.oak)
    before = takers(world.oak)[1]
    need = needs(world.oak)[1]
    with tenant(world.oak.scope):
        seen = str(Assignment.objects.get(need=need).uuid)
        other = "Dan" if "Eve" in before else "Eve"
        assign(need=need, person=world.oak.posts[other].person, seen=seen, actor=None, now=MORNING)
    publish(world.oak)
    with tenant(world.oak.scope):
        undo_publish(school=world.oak.school, date=MONDAY, actor=None, now=MORNING)
        confirmed = Assignment.objects.get(need=need, state="confirmed")
        assert confirmed.person is not None
        assert confirmed.person.name == before
        assert CoverNeed.objects.get(pk=need.pk).state == "covered"
        assert CoverPlan.objects.filter(state="published").get().version == 1
        assert Assignment.objects.get(need=need, state="proposed").to_version is None


def test_what_was_published_and_taken_back_can_be_planned_again_changed_or_dropped(world: World) -> None:
    out(world.oak, "Ada", "Ben", "Cleo", "Dan", "Eve")
    plan(world.oak)
    publish(world.oak)
    with tenant(world.oak.scope):
        undo_publish(school=world.oak.school, date=MONDAY, actor=None, now=MORNING)
    with tenant(world.oak.scope):
        discard_draft(school=world.oak.school, date=MONDAY, actor=None)
        assert not Assignment.objects.exclude(state="ended").exists()
        assert {booking.state for booking in Booking.objects.all()} == {"cancelled"}
        assert {offer.state for offer in Offer.objects.all()} == {"withdrawn"}
    out(world.elm, "Ada")
    plan(world.elm)
    publish(world.elm)
    with tenant(world.elm.scope):
        undo_publish(school=world.elm.school, date=MONDAY, actor=None, now=MORNING)
        first = Assignment.objects.order_by("starts_at").select_related("need").first()
        assert first is not None
        unassign(need=first.need, seen=str(first.uuid), actor=None)
        first.refresh_from_db()
        assert first.state == "ended"
    publish(world.elm)
    assert needs(world.elm)[1].state == "open"


def test_undo_is_refused_when_it_is_too_late(world: World) -> None:
    out(world.oak, "Ada")
    plan(world.oak)
    publish(world.oak)
    with tenant(world.oak.scope), pytest.raises(Refused):
        undo_publish(school=world.oak.school, date=MONDAY, actor=None, now=at("07:30"))


def test_cancelling_an_absence_withdraws_its_needs_and_nothing_else_moves(world: World) -> None:
    ada, _ = out(world.oak, "Ada", "Cleo")
    plan(world.oak)
    publish(world.oak)
    before = {number: who for number, who in takers(world.oak).items() if number in (5, 6)}
    end(world.oak, ada)
    assert takers(world.oak) == before
    states = {number: need.state for number, need in needs(world.oak).items()}
    assert states == {1: "withdrawn", 2: "withdrawn", 3: "withdrawn", 5: "covered", 6: "covered"}
    with tenant(world.oak.scope):
        assert PersonHold.objects.filter(kind="assignment", starts_at__lt=at("11:00")).count() == 0


def test_a_later_absence_of_who_covers_opens_the_lesson_again(world: World) -> None:
    out(world.oak, "Ada")
    plan(world.oak)
    publish(world.oak)
    name = takers(world.oak)[1].split()[0]
    out(world.oak, name)
    assert 1 not in takers(world.oak)
    assert needs(world.oak)[1].state == "open"


def test_replanning_after_a_late_absence_moves_as_little_as_possible(world: World) -> None:
    out(world.oak, "Ada")
    plan(world.oak)
    publish(world.oak)
    before = takers(world.oak)
    out(world.oak, "Cleo")
    plan(world.oak)
    after = takers(world.oak)
    assert {
        number: after[number] for number in before if number in after and "Cleo" not in before[number]
    } == {number: who for number, who in before.items() if "Cleo" not in who}


def test_assigning_by_hand_is_kept_when_the_day_is_planned(world: World) -> None:
    out(world.oak, "Ada")
    eve = world.oak.posts["Eve"].person
    with tenant(world.oak.scope):
        assign(need=needs(world.oak)[2], person=eve, seen="", actor=None, now=MORNING)
    plan(world.oak)
    assert takers(world.oak)[2] == eve.name


def test_assigning_what_somebody_else_changed_is_a_conflict(world: World) -> None:
    out(world.oak, "Ada")
    eve, dan = world.oak.posts["Eve"].person, world.oak.posts["Dan"].person
    need = needs(world.oak)[2]
    with tenant(world.oak.scope):
        assign(need=need, person=eve, seen="", actor=None, now=MORNING)
    with pytest.raises(Conflict) as conflict, tenant(world.oak.scope):
        assign(need=need, person=dan, seen="", actor=None, now=MORNING)
    assert conflict.value.theirs == eve.name


def test_nobody_is_in_two_places(world: World) -> None:
    out(world.oak, "Ada")
    with pytest.raises(Refused, match="teaches"), tenant(world.oak.scope):
        assign(
            need=needs(world.oak)[1], person=world.oak.posts["Ben"].person, seen="", actor=None, now=MORNING
        )


def test_unassign_lock_measure_and_waive(world: World) -> None:
    out(world.oak, "Ada")
    plan(world.oak)
    found = needs(world.oak)
    with tenant(world.oak.scope):
        seen = {row.need_id: str(row.uuid) for row in Assignment.objects.all()}
        set_lock(need=found[1], locked=True, seen=seen[found[1].pk], actor=None)
        unassign(need=found[2], seen=seen[found[2].pk], actor=None)
        take_measure(need=found[2], kind="cancel_lesson", into=None, seen="", actor=None)
        waive(need=found[3], reason="trip", actor=None)
    locked = takers(world.oak)[1]
    plan(world.oak)
    assert takers(world.oak) == {1: locked, 2: "cancel_lesson"}
    out(world.oak)
    assert needs(world.oak)[3].state == "not_required"


def test_dropping_a_draft_brings_the_published_day_back(world: World) -> None:
    out(world.oak, "Ada")
    plan(world.oak)
    publish(world.oak)
    before = takers(world.oak)
    with tenant(world.oak.scope):
        row = Assignment.objects.get(need__period_number=1)
        unassign(need=needs(world.oak)[1], seen=str(row.uuid), actor=None)
    assert 1 not in takers(world.oak)
    with tenant(world.oak.scope):
        discard_draft(school=world.oak.school, date=MONDAY, actor=None)
    assert takers(world.oak) == before


def only_the_pool(cast: SchoolCast) -> None:
    """Everybody of the school is out, so that only the substitute is left."""
    out(cast, "Ada", "Ben", "Cleo", "Dan", "Eve")


def test_a_substitute_is_booked_offered_and_accepts(world: World) -> None:
    only_the_pool(world.oak)
    plan(world.oak)
    with tenant(world.oak.scope):
        booking = Booking.objects.get()
        assert booking.state == "proposed"
    publish(world.oak)
    with tenant(world.oak.scope):
        offer = Offer.objects.get()
        assert offer.booking.state == "offered"
        assert PersonHold.objects.filter(kind="booking").count() == 1
        accept_offer(offer=offer, actor=None, now=MORNING)
        accept_offer(offer=offer, actor=None, now=MORNING)
        assert Assignment.objects.filter(kind="external", state="confirmed").count() > 0
        assert Booking.objects.get().state == "accepted"


def test_a_declined_booking_opens_its_lessons_and_frees_the_person(world: World) -> None:
    only_the_pool(world.oak)
    plan(world.oak)
    publish(world.oak)
    with tenant(world.oak.scope):
        decline_offer(offer=Offer.objects.get(), actor=None, now=MORNING)
        assert Booking.objects.get().state == "declined"
        assert not PersonHold.objects.exclude(kind="unavailable").exists()
        assert not Assignment.objects.filter(kind="external").exclude(state="ended").exists()


def test_two_schools_wanting_one_substitute_the_hold_decides(world: World) -> None:
    only_the_pool(world.oak)
    only_the_pool(world.elm)
    plan(world.oak)
    plan(world.elm)
    publish(world.oak)
    lost = publish_day(scope=world.elm.scope, school_slug="elm", date=MONDAY, actor=None, now=MORNING).lost
    assert lost
    with tenant(Scope.district(world.north.district.pk)):
        assert PersonHold.objects.filter(kind="booking").count() == 1
        assert (
            not Assignment.objects.filter(school=world.elm.school, kind="external")
            .exclude(state="ended")
            .exists()
        )
        assert CoverPlan.objects.filter(school=world.elm.school, state="draft").exists()


def test_planning_a_closed_day_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="closed"):
        plan_day(
            scope=world.oak.scope,
            school_slug="oak",
            date=MONDAY + dt.timedelta(days=5),
            actor=None,
            now=MORNING,
        )
