"""Bases of every tenant model, and the foreign key that cannot point across a wall."""

import uuid
from typing import Any, ClassVar

from django.db import models

from .manager import TenantManager
from .wall import Wall


class _AcrossNoWall:
    """What both kinds of key share. Django's own single-column constraint is left out of the database; the migration
    operation `RaiseWall` makes the composite one, `(column, tenant column) → (id, tenant column)`. The tenant column is
    `school_id` when both ends are school-owned, else `district_id`.
    """

    def __init__(self, to: Any, on_delete: Any = models.CASCADE, **options: Any) -> None:
        options["db_constraint"] = False
        super().__init__(to, on_delete, **options)  # type: ignore[call-arg]  # the field beside this mixin

    def deconstruct(self) -> Any:
        name, _, args, options = super().deconstruct()  # type: ignore[misc]  # the field beside this mixin
        return name, f"schools.tenancy.owned.{type(self).__name__}", args, options


class TenantKey(_AcrossNoWall, models.ForeignKey):  # type: ignore[type-arg]  # the stubs parametrise it by the target
    """A foreign key that cannot point across a wall."""


class TenantOneToOne(_AcrossNoWall, models.OneToOneField):  # type: ignore[type-arg]  # the stubs parametrise it by the target
    """The same for a one-to-one relation."""


class DistrictOwned(models.Model):
    """A row of a district. It holds nothing that one school of the district may not know of another."""

    wall: ClassVar[Wall] = Wall("district")
    district = models.ForeignKey("schools.District", models.PROTECT, related_name="+")
    objects = TenantManager()

    class Meta:
        abstract = True


class SchoolOwned(models.Model):
    """A row of a school. It carries the district too, so that district staff are served by one indexable condition."""

    wall: ClassVar[Wall] = Wall("school")
    district = models.ForeignKey("schools.District", models.PROTECT, related_name="+", db_index=False)
    school = TenantKey("schools.School", models.PROTECT, related_name="+", db_index=False)
    objects = TenantManager()

    class Meta:
        abstract = True


class Public(models.Model):
    """A row with an id for the outside: pages and the API name it by `uuid`, never by its key."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
