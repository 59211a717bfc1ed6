"""Each of the three walls refuses alone."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from absences.models import Absence, AbsenceReason
from schools.tenancy.door import narrowed, tenant
from schools.tenancy.scope import Scope, ScopeError
from staffing.models import Lesson, Post, Preference
from tests.world import MONDAY, World


def test_the_manager_raises_outside_a_door(world: World) -> None:
    with pytest.raises(ScopeError):
        Post.objects.count()


def test_the_manager_raises_for_exists_outside_a_door(world: World) -> None:
    with pytest.raises(ScopeError):
        Post.objects.exists()


def test_the_manager_alone_hides_other_schools(world: World) -> None:
    with tenant(Scope.district(world.north.district.pk)), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'cover_system', true)")
        assert Post.objects.filter(school=world.fir.school).count() == 0
        assert Post._base_manager.filter(school=world.fir.school).count() == 5


def test_the_policies_alone_hide_other_schools(world: World) -> None:
    with tenant(world.oak.scope):
        assert Post._base_manager.filter(school=world.oak.school).count() == 5
        assert Post._base_manager.filter(school=world.elm.school).count() == 0
        assert Post._base_manager.filter(school=world.fir.school).count() == 0


def test_without_a_door_the_policies_show_nothing(world: World) -> None:
    assert Post._base_manager.count() == 0


def test_the_policies_refuse_a_foreign_insert(world: World) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), tenant(world.oak.scope):
        Preference.objects.create(
            district=world.north.district,
            school=world.elm.school,
            person=world.oak.posts["Ada"].person,
            side="school",
            wish="preferred",
        )


def test_the_composite_key_alone_refuses_a_row_across_the_wall(world: World) -> None:
    with pytest.raises(IntegrityError, match="absences_absence_post_id_wall"), tenant(Scope.system()):
        _absence_in_oak_of_a_post_in_elm(world)


def test_a_nested_door_restores_the_outer_one(world: World) -> None:
    with tenant(world.oak.scope):
        with tenant(world.elm.scope):
            assert Lesson.objects.first().school_id == world.elm.school.pk  # type: ignore[union-attr]  # there are some
        assert Lesson._base_manager.filter(school=world.elm.school).count() == 0
        assert Lesson._base_manager.filter(school=world.oak.school).exists()


def test_a_scope_needs_a_transaction(transactional_db: None) -> None:
    with pytest.raises(transaction.TransactionManagementError), narrowed(Scope.system()):
        pass


def _absence_in_oak_of_a_post_in_elm(world: World) -> None:
    north = world.north.district
    reason = AbsenceReason.objects.filter(district=north).values_list("pk", flat=True)[0]
    Absence.objects.create(
        district=north,
        school=world.oak.school,
        post=world.elm.posts["Ada"],
        reason_id=reason,
        starts_on=MONDAY,
        ends_on=MONDAY,
        state="active",
        reported_at="2026-11-23T06:00Z",
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
