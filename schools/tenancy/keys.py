"""What the walls of a model must be, read from the model itself.

Migrations state it in full (they must not change when a model does); a test compares the database with this.
"""

from django.apps import apps
from django.db import models

from .owned import TenantKey, TenantOneToOne
from .wall import Wall


def tenant_models() -> list[type[models.Model]]:
    """Every model that declares a wall."""
    return [model for model in apps.get_models() if isinstance(getattr(model, "wall", None), Wall)]


def composite_keys(model: type[models.Model]) -> dict[str, tuple[str, str]]:
    """Column → (target table, tenant column) of each foreign key that must not cross a wall.

    Both ends in a school: the school decides. Otherwise the district does.
    """
    keys: dict[str, tuple[str, str]] = {}
    for field in model._meta.local_fields:
        if isinstance(field, TenantKey | TenantOneToOne):
            target = field.related_model
            keys[field.column] = (target._meta.db_table, _tenant_column(model, target))
    return keys


def _tenant_column(model: type[models.Model], target: type[models.Model]) -> str:
    inner = _has_school(model) and _has_school(target)
    return "school_id" if inner else "district_id"


def _has_school(model: type[models.Model]) -> bool:
    return any(field.column == "school_id" for field in model._meta.local_fields)
