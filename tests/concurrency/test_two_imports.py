"""Two imports of one school at the same moment: one waits for the other, and both are versions.

The control takes the lock away and shows that the second then fails on what the first made, so the race is a real one.
"""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError

from schools.models import School
from schools.tenancy.door import tenant
from staffing.models import Post, Timetable
from staffing.services import load_timetable as service
from staffing.services import timetable_people
from tests.staffing.drafts import blank_school, draft_of, scope_of
from tests.staffing.services.loading import load
from tests.world import build_world

from .threads import LIMIT, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school(transactional_db: None) -> School:
    return blank_school(build_world())


def imports(school: School) -> Callable[[], int]:
    return lambda: load(school, draft_of(3)).timetable.pk


def test_both_are_loaded_and_nobody_is_made_twice(school: School) -> None:
    first, second = at_once(imports(school), imports(school))
    assert first != second
    with tenant(scope_of(school)):
        assert Timetable.objects.count() == 2
        assert Post.objects.count() == 3


def test_without_the_lock_the_second_one_breaks(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    both_have_looked = threading.Barrier(2, timeout=LIMIT)
    make = timetable_people._make

    def make_when_both_have_looked(*given: object) -> object:
        both_have_looked.wait()
        return make(*given)  # type: ignore[arg-type]  # what the service gave

    monkeypatch.setattr(timetable_people, "_make", make_when_both_have_looked)
    monkeypatch.setattr(service, "_lock", lambda school: None)
    results = at_once(imports(school), imports(school))
    assert sorted(type(result).__name__ for result in results) == ["IntegrityError", "int"]
    assert any(isinstance(result, IntegrityError) for result in results)
