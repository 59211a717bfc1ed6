"""One lesson and twenty thousand take the same few statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schools.events import calendar_changed
from schools.models import School
from schools.tenancy.door import tenant
from staffing.hooks import timetable_changed
from staffing.importers.draft import TimetableDraft
from staffing.models import Lesson
from tests.staffing.drafts import blank_school, draft_of, scope_of
from tests.staffing.services.loading import load
from tests.world import World

HANDFUL = 40


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other apps do about the news is counted where they do it."""
    for news in (timetable_changed, calendar_changed):
        monkeypatch.setattr(news, "_listeners", [])


def statements(school: School, draft: TimetableDraft) -> int:
    with CaptureQueriesContext(connection) as captured:
        load(school, draft)
    return len(captured)


def test_as_many_statements_for_one_lesson_as_for_twenty_thousand(world: World) -> None:
    one, many = blank_school(world, "one"), blank_school(world, "many")
    large = draft_of(200, periods=10, days=10)
    few = statements(one, draft_of(1, days=10))
    assert statements(many, large) == few
    assert few <= HANDFUL
    with tenant(scope_of(many)):
        assert Lesson.objects.count() == len(large.lessons) == 20_000


def test_a_second_version_takes_no_more(world: World) -> None:
    school = blank_school(world)
    first = statements(school, draft_of(3))
    assert statements(school, draft_of(3)) <= first


@pytest.mark.parametrize("at_once", [1, 60])
def test_a_known_school_takes_as_few(world: World, at_once: int) -> None:
    school = blank_school(world)
    load(school, draft_of(1))
    assert statements(school, draft_of(at_once)) <= HANDFUL
