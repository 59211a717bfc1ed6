"""Board, panel and sheet ask the same number of questions on a quiet day and on the worst one."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coverplans.models import CoverNeed
from coverplans.selectors.board import read_board
from coverplans.selectors.panel import read_panel
from coverplans.selectors.sheet import read_sheet
from coverplans.services.plan_day import plan_day
from coverplans.services.publish import publish_day
from schools.models import School
from schools.tenancy.door import tenant
from tests.coverplans.services.days import MORNING
from tests.world import MONDAY, SchoolCast, World

from .crowds import crowd_out

MOST_BYTES = 100_000


def board(school: School, need: CoverNeed) -> object:
    return read_board(school=school, date=MONDAY, now=MORNING, can_edit=True, sees_absences=True)


def panel(school: School, need: CoverNeed) -> object:
    return read_panel(school=school, need=need, now=MORNING, can_edit=True, sees_absences=True)


def sheet(school: School, need: CoverNeed) -> object:
    return read_sheet(school=school, date=MONDAY, now=MORNING, only_new=False)


def plan_and_publish(cast: SchoolCast) -> None:
    slug = cast.school.slug
    plan_day(scope=cast.scope, school_slug=slug, date=MONDAY, actor=None, now=MORNING)
    publish_day(scope=cast.scope, school_slug=slug, date=MONDAY, actor=None, now=MORNING)


def questions(cast: SchoolCast, ask: Callable[[School, CoverNeed], object], number: int) -> int:
    """How many queries it takes on a day on which so many are out, planned and published, with the plan made anew."""
    needs = crowd_out(cast, number)
    plan_and_publish(cast)
    with tenant(cast.scope):
        found = CoverNeed.objects.select_related("school", "absence_day__absence").get(pk=needs[0].pk)
        with CaptureQueriesContext(connection) as asked:
            ask(cast.school, found)
    return len(asked)


@pytest.mark.parametrize("ask", [board, panel, sheet])
def test_three_or_thirty_lessons_take_the_same_questions(
    world: World, ask: Callable[[School, CoverNeed], object]
) -> None:
    assert questions(world.oak, ask, 3) == questions(world.elm, ask, 30)


def test_the_worst_day_is_a_small_page(world: World, signed_in: Callable[..., Client]) -> None:
    crowd_out(world.oak, 60)
    plan_day(scope=world.oak.scope, school_slug="oak", date=MONDAY, actor=None, now=MORNING)
    page = signed_in(world.oak.users["cover_manager"]).get(
        reverse("board", kwargs={"school": "oak", "date": MONDAY})
    )
    assert page.content.count(b'id="need-') == 60
    assert len(page.content) < MOST_BYTES
