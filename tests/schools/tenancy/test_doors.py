"""Doors inside doors, errors inside doors, doors left open."""

import threading

import pytest
from celery import Celery
from django.db import DatabaseError, connection, transaction

from schools.tenancy.door import inside_door, narrowed, tenant
from schools.tenancy.scope import Scope, ScopeError, current_scope
from schools.tenancy.tasks import TenantTask
from staffing.models import Post
from tests.world import World

_SETTINGS = "SELECT current_user, current_setting('app.district', true), current_setting('app.schools', true)"


class Mistake(Exception):
    """Raised inside a door by these tests."""


def settings_now() -> tuple[str, str, str]:
    with connection.cursor() as cursor:
        cursor.execute(_SETTINGS)
        role, district, schools = cursor.fetchone()
    return role, district or "", schools or ""


def _change_and_fail() -> None:
    assert Post.objects.update(department="changed") == 5
    raise Mistake


def test_a_door_sets_role_district_and_schools(world: World) -> None:
    scope = Scope.schools(world.north.district.pk, [world.elm.school.pk, world.oak.school.pk])
    with tenant(scope):
        assert settings_now() == scope.settings()
        assert Post.objects.count() == 10
    assert settings_now() == ("cover_app", "", "")


def test_a_mistake_in_a_nested_door_leaves_the_outer_one_open(world: World) -> None:
    with tenant(world.oak.scope):
        with pytest.raises(Mistake), tenant(world.fir.scope):
            _change_and_fail()
        assert current_scope() == world.oak.scope
        assert settings_now() == world.oak.scope.settings()
        assert Post.objects.count() == 5
    with tenant(Scope.system()):
        assert not Post.objects.filter(department="changed").exists()


def test_a_refusal_of_the_database_in_a_nested_door_leaves_the_outer_one_open(world: World) -> None:
    with tenant(world.oak.scope):
        with pytest.raises(DatabaseError), tenant(world.fir.scope), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert settings_now() == world.oak.scope.settings()
        assert Post.objects.count() == 5


def test_a_narrowed_scope_is_widened_again(world: World) -> None:
    district = Scope.district(world.north.district.pk)
    with tenant(district):
        with narrowed(world.oak.scope):
            assert Post.objects.count() == 5
        assert settings_now() == district.settings()
        assert Post.objects.count() == 10


def test_a_door_that_was_rolled_back_by_hand_closes(world: World) -> None:
    with tenant(world.oak.scope):
        with tenant(world.elm.scope):
            Post.objects.update(department="changed")
            transaction.set_rollback(True)
        assert settings_now() == world.oak.scope.settings()
        assert Post.objects.count() == 5
    assert not inside_door()


def test_a_queryset_made_in_one_door_shows_the_rows_of_the_door_it_runs_in(world: World) -> None:
    with tenant(world.oak.scope):
        posts = Post.objects.order_by("pk")
    with tenant(world.elm.scope):
        assert {post.school_id for post in posts.all()} == {world.elm.school.pk}
    with pytest.raises(ScopeError):
        posts.all().first()


def test_no_door_reaches_another_thread(world: World) -> None:
    seen: list[bool] = []
    with tenant(world.oak.scope):
        thread = threading.Thread(target=lambda: seen.append(inside_door()))
        thread.start()
        thread.join()
    assert seen == [False]


def test_a_scope_of_no_school_shows_no_school(world: World) -> None:
    with tenant(Scope.schools(world.north.district.pk, [])):
        assert Post.objects.count() == 0
        assert Post._base_manager.count() == 0


class Count(TenantTask):
    """Gives its argument back."""

    name = "tests.count"

    def run(self, school_id: int) -> int:
        return school_id


@pytest.fixture
def count() -> Count:
    task: Count = Celery(set_as_current=False).register_task(Count())
    return task


def test_a_task_refuses_to_run_inside_somebody_elses_door(world: World, count: Count) -> None:
    with tenant(world.oak.scope), pytest.raises(RuntimeError, match="own door"):
        count(1)
    assert count(1) == 1


def test_a_task_takes_ids_and_no_rows(world: World, count: Count) -> None:
    with pytest.raises(TypeError):
        count(world.oak.school)
