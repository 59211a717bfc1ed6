"""Who is asking."""

import datetime as dt

from pytest_django import DjangoAssertNumQueries

from coverplans.models import Booking
from schools.access.caller import read_caller
from schools.models import Membership
from schools.tenancy.door import tenant
from tests.world import MONDAY, World, at


def test_a_teacher_is_a_person_with_the_schools_of_todays_posts(world: World) -> None:
    with tenant(world.north.scope):
        caller = read_caller(world.oak.users["teacher"], on=MONDAY)
    assert caller.person_id == world.oak.posts["Ada"].person_id
    assert caller.own_school_ids == (world.oak.school.pk,)
    assert caller.name == "Ada Oak"


def test_a_post_that_ended_no_longer_counts(world: World) -> None:
    with tenant(world.north.scope):
        post = world.oak.posts["Ada"]
        post.ends_on = dt.date(2026, 9, 2)
        post.save()
        caller = read_caller(world.oak.users["teacher"], on=MONDAY)
    assert (caller.person_id, caller.own_school_ids) == (post.person_id, ())


def test_a_substitute_has_the_schools_of_bookings(world: World) -> None:
    person = world.north.substitute
    assert person is not None
    with tenant(world.north.scope):
        Booking.objects.create(
            district=world.north.district,
            school=world.elm.school,
            person=person,
            date=MONDAY,
            part="am",
            starts_at=at("08:00"),
            ends_at=at("12:30"),
            cost_cents=9000,
        )
        caller = read_caller(world.north.users["substitute"], on=MONDAY)
    assert (caller.person_id, caller.own_school_ids) == (person.pk, (world.elm.school.pk,))


def test_a_login_without_a_person_has_nothing_of_its_own(world: World) -> None:
    with tenant(world.north.scope):
        caller = read_caller(world.oak.users["cover_manager"], on=MONDAY)
    assert (caller.person_id, caller.own_school_ids) == (None, ())


def test_memberships_count_on_their_days_only(world: World) -> None:
    user = world.oak.users["approver"]
    with tenant(world.north.scope):
        Membership.objects.filter(user=user).update(ends_on=MONDAY)
        assert read_caller(user, on=MONDAY).places
        assert not read_caller(user, on=MONDAY + dt.timedelta(days=1)).places


def test_reading_takes_three_queries(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with tenant(world.north.scope), django_assert_num_queries(3):
        read_caller(world.oak.users["teacher"], on=MONDAY)
