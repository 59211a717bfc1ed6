"""The report of what was covered, by whom and at what price."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coverplans.models import Booking, CoverNeed
from coverplans.services.by_hand import assign, take_measure
from coverplans.services.offers import accept_offer
from coverplans.services.publish import publish
from reporting.selectors.coverage import read_coverage
from reporting.web.forms import DateRange
from schools.tenancy.door import tenant
from staffing.models import Person
from tests.coverplans.services.days import MORNING, out
from tests.world import MONDAY, SchoolCast, World

SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


def cover(cast: SchoolCast, substitute: Person) -> None:
    """Ada is out: the supervisor takes period 1, the substitute 2, the class of 3 works alone."""
    out(cast, "Ada")
    with tenant(cast.scope):
        first, second, third = (
            CoverNeed.objects.filter(date=MONDAY).select_related("school").order_by("starts_at")
        )
        eve = cast.posts["Eve"].person
        assign(need=first, person=eve, seen="", actor=None, now=MORNING)
        assign(need=second, person=substitute, seen="", actor=None, now=MORNING)
        take_measure(need=third, kind="self_study", into=None, seen="", actor=None)
        publish(school=cast.school, date=MONDAY, actor=None, now=MORNING)


def accept(cast: SchoolCast) -> None:
    with tenant(cast.scope):
        offer = Booking.objects.get().offers.get()
        accept_offer(offer=offer, actor=None, now=MORNING)


def test_each_lesson_is_counted_once_as_what_it_became(world: World) -> None:
    assert world.north.substitute is not None
    cover(world.oak, world.north.substitute)
    accept(world.oak)
    with tenant(world.oak.scope):
        (oak,) = read_coverage(first=MONDAY, last=MONDAY)
    assert (oak.needed, oak.minutes, oak.covered, oak.typed, oak.uncovered) == (3, 150, 2, 1, 0)
    assert oak.by_kind == {"internal": 0, "standby": 0, "supervisor": 1, "external": 1}
    assert (oak.percent, oak.cents, oak.currency) == (66, 9000, "EUR")


def test_an_offer_nobody_answered_is_neither_cover_nor_cost(world: World) -> None:
    assert world.north.substitute is not None
    cover(world.oak, world.north.substitute)
    with tenant(world.oak.scope):
        (oak,) = read_coverage(first=MONDAY, last=MONDAY)
    assert (oak.covered, oak.uncovered, oak.cents) == (1, 1, 0)


def test_the_range_ends_with_its_dates(world: World) -> None:
    out(world.oak, "Ada")
    with tenant(world.oak.scope):
        before = read_coverage(first=MONDAY - dt.timedelta(days=7), last=MONDAY - dt.timedelta(days=1))
    assert [school.needed for school in before] == [0]


def test_the_page_says_it_in_a_sentence_and_a_table(world: World, signed_in: SignIn) -> None:
    assert world.north.substitute is not None
    cover(world.oak, world.north.substitute)
    page = signed_in(world.oak.users["cover_manager"]).get("/reports/").content.decode()
    assert "33 % of lesson minutes were covered by an adult; 1 lesson was not." in page
    assert '<th scope="row">Oak</th>' in page
    assert "Elm" not in page
    assert "23 November 2026 to 27 November 2026" in page


def test_the_district_sees_its_schools_and_their_sum_and_no_other(world: World, signed_in: SignIn) -> None:
    for cast in (world.oak, world.elm, world.fir):
        out(cast, "Ada")
    page = signed_in(world.north.users["viewer"]).get("/reports/").content.decode()
    assert [name for name in ("Oak", "Elm", "Fir", "All schools") if f'row">{name}<' in page] == [
        "Oak",
        "Elm",
        "All schools",
    ]


def test_nothing_to_report_says_what_will_be_here(world: World, signed_in: SignIn) -> None:
    page = signed_in(world.oak.users["cover_manager"]).get("/reports/").content.decode()
    assert "Nothing to report for these dates" in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("first=2026-11-27&last=2026-11-23", "The last date lies before the first."),
        ("first=2020-01-01&last=2026-11-23", "A report covers at most 400 days."),
        ("first=yesterday&last=2026-11-23", "Enter a valid date."),
    ],
)
def test_dates_that_make_no_range_are_said_and_kept(
    world: World, signed_in: SignIn, asked: str, said: str
) -> None:
    page = signed_in(world.oak.users["cover_manager"]).get(f"/reports/?{asked}").content.decode()
    assert said in page
    assert 'value="2026-11-23"' in page


def test_a_week_is_followed_by_the_next_week_and_other_ranges_by_their_own_length() -> None:
    friday = MONDAY + dt.timedelta(days=4)
    week = dt.timedelta(days=7)
    assert DateRange(MONDAY, friday).moved(1) == DateRange(MONDAY + week, friday + week)
    assert DateRange(MONDAY, MONDAY).moved(-1).last == MONDAY - dt.timedelta(days=1)


def test_the_questions_do_not_grow_with_schools(world: World) -> None:
    with tenant(world.oak.scope), CaptureQueriesContext(connection) as one:
        read_coverage(first=MONDAY, last=MONDAY)
    with tenant(world.north.scope), CaptureQueriesContext(connection) as two:
        read_coverage(first=MONDAY, last=MONDAY)
    assert len(one) == len(two) == 5


@pytest.mark.parametrize(("role", "status"), [("teacher", 403), ("school_viewer", 200), ("approver", 200)])
def test_reports_are_for_those_who_run_or_watch_cover(
    world: World, signed_in: SignIn, role: str, status: int
) -> None:
    assert signed_in(world.oak.users[role]).get("/reports/").status_code == status
