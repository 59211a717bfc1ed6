"""Every model says where it lies, points downwards only, and never across a wall."""

import pytest
from django.apps import apps
from django.db import models

from schools.models import District, School
from schools.tenancy.keys import tenant_models
from schools.tenancy.manager import TenantManager
from schools.tenancy.owned import TenantKey, TenantOneToOne
from schools.tenancy.wall import Wall
from tests.rows import RECIPES

from .outside import EMPTY, OUTSIDE
from .tree import APPS

TENANT_MODELS = tenant_models()
UPPER_BOUND = {app: place for place, app in enumerate(APPS)}
NAMES_FOR_THE_OUTSIDE = {"uuid", "slug"}
"""Columns that are unique in the whole installation: what they hold says nothing."""


def label(model: type[models.Model]) -> str:
    return model._meta.label_lower


def forward_relations(model: type[models.Model]) -> list[models.Field]:  # type: ignore[type-arg]  # any value
    return [
        field for field in (*model._meta.local_fields, *model._meta.local_many_to_many) if field.is_relation
    ]


EVERY_TENANT_MODEL = pytest.mark.parametrize("model", TENANT_MODELS, ids=label)


def test_every_model_declares_a_wall_or_is_known_to_lie_outside() -> None:
    undeclared = {
        label(model) for model in apps.get_models() if not isinstance(getattr(model, "wall", None), Wall)
    }
    assert undeclared == set(OUTSIDE)


def test_every_model_of_the_house_lies_in_one_of_its_apps() -> None:
    assert {model._meta.app_label for model in TENANT_MODELS} <= set(APPS)


def test_every_tenant_model_has_a_recipe_for_a_row() -> None:
    assert {label(model) for model in TENANT_MODELS} - {label(model) for model in RECIPES} == {
        label(District),
        label(School),
    }


@pytest.mark.parametrize("model", [model for app in APPS for model in apps.get_app_config(app).get_models()])
def test_relations_point_downwards_only(model: type[models.Model]) -> None:
    for field in forward_relations(model):
        target = field.related_model
        assert isinstance(target, type)
        height = UPPER_BOUND.get(target._meta.app_label)
        assert height is not None, f"{field} points outside the house"
        assert height <= UPPER_BOUND[model._meta.app_label], f"{field} points upwards"


@EVERY_TENANT_MODEL
def test_keys_between_tenant_rows_cannot_cross_a_wall(model: type[models.Model]) -> None:
    for field in model._meta.local_fields:
        if field.is_relation and field.related_model is not District:
            assert isinstance(field, TenantKey | TenantOneToOne), f"{field} is a plain foreign key"
            *_, options = field.deconstruct()
            assert options["db_constraint"] is False, f"{field} has a second constraint, without the tenant"


@EVERY_TENANT_MODEL
def test_a_table_between_two_models_is_a_model_with_walls(model: type[models.Model]) -> None:
    for field in model._meta.local_many_to_many:
        assert field.remote_field.through in TENANT_MODELS, f"{field} needs a `through` model"


@EVERY_TENANT_MODEL
def test_rows_carry_the_columns_their_wall_reads(model: type[models.Model]) -> None:
    wall: Wall = model.wall  # type: ignore[attr-defined]  # a tenant model
    columns = {field.column for field in model._meta.concrete_fields}
    assert wall.district_column in columns
    if wall.owner != "district":
        assert "itself" in wall.owner or wall.school_column in columns


@EVERY_TENANT_MODEL
def test_every_way_to_the_rows_leads_through_the_manager(model: type[models.Model]) -> None:
    assert isinstance(model._default_manager, TenantManager)
    assert [type(manager) for manager in model._meta.managers] == [TenantManager]


@EVERY_TENANT_MODEL
def test_business_keys_are_unique_inside_a_wall_only(model: type[models.Model]) -> None:
    """A key that is unique over all schools tells one school what another has."""
    keys = {field.name for field in model._meta.local_fields if isinstance(field, TenantKey | TenantOneToOne)}
    alone = {
        field.name for field in model._meta.local_fields if field.unique and not field.primary_key
    } - keys
    assert alone <= NAMES_FOR_THE_OUTSIDE
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            assert {"district", *keys} & set(constraint.fields), constraint.name


@pytest.mark.django_db
@pytest.mark.parametrize("empty", EMPTY)
def test_what_the_framework_brought_and_we_do_not_use_is_empty(empty: str) -> None:
    assert not apps.get_model(empty)._base_manager.exists()
