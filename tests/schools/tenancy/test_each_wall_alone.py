"""Each wall refuses alone, for every tenant model: the other two are taken away first."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import Error, IntegrityError, ProgrammingError, connection, transaction
from django.db.models import F, Model

from schools.models import School
from schools.tenancy.door import tenant
from schools.tenancy.keys import composite_keys, tenant_models
from schools.tenancy.manager import wall_of
from schools.tenancy.policies import key_name
from schools.tenancy.scope import Scope, ScopeError
from tests.rows import Rows
from tests.standing import owner_of_the_tables

from .conftest import ThreePlaces

pytestmark = pytest.mark.django_db

SCHOOL_OWNED = ("school", "school itself", "mixed")


@contextmanager
def without_policies(scope: Scope) -> Iterator[None]:
    """A door whose database role sees everything: only the manager is left."""
    with tenant(scope), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'cover_system', true)")
        yield


@contextmanager
def refused(error: type[Error], match: str) -> Iterator[None]:
    """The block is refused by the database, and the test's transaction lives on."""
    with pytest.raises(error, match=match), transaction.atomic():
        yield


def column_of(model: type[Model]) -> str:
    """Some column that can be set to itself."""
    return next(field.name for field in model._meta.concrete_fields if not field.primary_key)


def hidden_by_policies(places: ThreePlaces) -> Iterator[Model]:
    """The rows our school's door must not show: the foreign district's, and the sister school's if they are a school's."""
    for model, row in places.foreign.items():
        yield row
        if wall_of(model).owner in SCHOOL_OWNED:
            yield places.sister[model]


def test_the_manager_refuses_everything_outside_a_door(places: ThreePlaces) -> None:
    for model in tenant_models():
        rows = model._default_manager.all()
        for query in (rows.exists, rows.count, rows.first, rows.delete, lambda rows=rows: list(rows)):
            with pytest.raises(ScopeError):
                query()
        with pytest.raises(ScopeError):
            rows.update(**{column_of(model): F(column_of(model))})


def test_the_manager_alone_hides_what_the_policies_would_hide(places: ThreePlaces) -> None:
    with without_policies(places.world.oak.scope):
        for row in hidden_by_policies(places):
            model = type(row)
            assert model._base_manager.filter(pk=row.pk).exists(), "the policies are not really away"
            assert not model._default_manager.filter(pk=row.pk).exists(), model
            if not wall_of(model).append_only:
                assert model._default_manager.filter(pk=row.pk).update(**_same(model)) == 0, model
                assert model._default_manager.filter(pk=row.pk).delete()[0] == 0, model


def test_the_manager_alone_hides_the_people_of_a_sister_school(places: ThreePlaces) -> None:
    narrowed = [model for model in tenant_models() if wall_of(model).within_schools]
    assert narrowed
    with without_policies(places.world.oak.scope):
        for model in narrowed:
            posted = places.world.elm.posts["Ada"].person
            assert model._base_manager.filter(pk=posted.pk).exists()
            assert not model._default_manager.filter(pk=posted.pk).exists()


def test_the_manager_alone_shows_the_office_its_own_district_only(places: ThreePlaces) -> None:
    with without_policies(Scope.district(places.world.north.district.pk)):
        for model, row in places.foreign.items():
            assert model._default_manager.filter(pk=places.sister[model].pk).exists(), model
            assert not model._default_manager.filter(pk=row.pk).exists(), model


def test_the_manager_shows_a_person_nothing_of_others(places: ThreePlaces) -> None:
    world = places.world
    ada = world.oak.posts["Ada"].person
    with tenant(Scope.self_(world.north.district.pk, ada.pk, [world.oak.school.pk])):
        for model, row in places.ours.items():
            if wall_of(model).within_self:
                assert not model._default_manager.filter(pk=row.pk).exists(), model


def test_our_own_rows_are_there(places: ThreePlaces) -> None:
    with tenant(places.world.oak.scope):
        for model, row in places.ours.items():
            assert model._default_manager.filter(pk=row.pk).exists(), model


def test_the_policies_alone_show_change_and_delete_nothing_of_others(places: ThreePlaces) -> None:
    for scope in (places.world.oak.scope, Scope.self_(places.world.north.district.pk, 0, [])):
        with tenant(scope), connection.cursor() as cursor:
            for row in hidden_by_policies(places):
                model = type(row)
                assert not model._base_manager.filter(pk=row.pk).exists(), model
                if wall_of(model).append_only:
                    continue
                table = model._meta.db_table
                cursor.execute(f'UPDATE "{table}" SET id = id WHERE id = %s', [row.pk])
                assert cursor.rowcount == 0, model
                cursor.execute(f'DELETE FROM "{table}" WHERE id = %s', [row.pk])
                assert cursor.rowcount == 0, model


def test_the_policies_alone_show_the_office_its_own_district_only(places: ThreePlaces) -> None:
    with tenant(Scope.district(places.world.north.district.pk)):
        for model, row in places.foreign.items():
            assert not model._base_manager.filter(pk=row.pk).exists(), model


def test_the_policies_alone_refuse_rows_written_for_others(places: ThreePlaces) -> None:
    rows = list(hidden_by_policies(places))
    with tenant(Scope.system()):
        copies = {row: _values(row) for row in rows}
    with tenant(places.world.oak.scope), connection.cursor() as cursor:
        for row, values in copies.items():
            columns = ", ".join(f'"{column}"' for column in values)
            marks = ", ".join(["%s"] * len(values))
            with refused(ProgrammingError, "row-level security"):
                cursor.execute(
                    f'INSERT INTO "{row._meta.db_table}" ({columns}) VALUES ({marks})', list(values.values())
                )


def test_the_policies_alone_refuse_to_hand_a_row_to_another_school(places: ThreePlaces) -> None:
    world = places.world
    with tenant(world.oak.scope), connection.cursor() as cursor:
        for model, row in places.ours.items():
            column = "school_id" if "school" in _fields(model) else "district_id"
            if column[:-3] not in _fields(model) or wall_of(model).owner == "school itself":
                continue
            other = world.elm.school.pk if column == "school_id" else world.south.district.pk
            reason = "permission denied" if wall_of(model).append_only else "row-level security"
            with refused(ProgrammingError, reason):
                cursor.execute(
                    f'UPDATE "{model._meta.db_table}" SET {column} = %s WHERE id = %s', [other, row.pk]
                )


def test_the_composite_keys_alone_refuse_to_point_across_a_wall(places: ThreePlaces) -> None:
    tried = 0
    with owner_of_the_tables(), connection.cursor() as cursor:
        for model, row in places.ours.items():
            table = model._meta.db_table
            for column, (target, tenant_column) in composite_keys(model).items():
                with refused(IntegrityError, key_name(table, column)):
                    foreign = _new_row_behind_the_wall(places, target, tenant_column)
                    cursor.execute(
                        f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', [foreign.pk, row.pk]
                    )
                    assert cursor.rowcount == 1, "the other walls are not really away"
                    cursor.execute(f'SET CONSTRAINTS "{key_name(table, column)}" IMMEDIATE')
                tried += 1
    assert tried > len(places.ours)


def _new_row_behind_the_wall(places: ThreePlaces, table: str, tenant_column: str) -> Model:
    """The nearest row out of reach: of the sister school where the school decides, else of the other district."""
    world = places.world
    if table == "schools_school":
        return School._base_manager.create(
            district=world.south.district, slug="new", name="New", timezone="UTC"
        )
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    if tenant_column == "school_id":
        return Rows(world.north, world.elm, number=1)[model]
    return Rows(world.south, world.fir, number=1)[model]


def _fields(model: type[Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def _same(model: type[Model]) -> dict[str, F]:
    return {column_of(model): F(column_of(model))}


def _values(row: Model) -> dict[str, Any]:
    """A row as the database keeps it, under a key of its own."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{row._meta.db_table}" WHERE id = %s', [row.pk])
        (values,) = cursor.fetchall()
        assert cursor.description is not None
        columns = [column.name for column in cursor.description]
    return {**dict(zip(columns, values, strict=True)), "id": 10_000_000 + row.pk}
