"""What to put into the addresses: for every argument of a URL an object in our school, a sister school, a foreign district.

An argument that nothing here can fill fails the test that meets it.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from schools.models import School
from schools.tenancy.keys import tenant_models
from tests.rows import Rows
from tests.world import MONDAY, DistrictCast, SchoolCast

from .addresses import Address


@dataclass(frozen=True)
class Place:
    """A school with one row of every model in it."""

    district: DistrictCast
    cast: SchoolCast
    rows: Rows

    @property
    def school(self) -> School:
        return self.cast.school


PLAIN: dict[str, Callable[[Place], str]] = {
    "school": lambda place: place.school.slug,
    "date": lambda place: MONDAY.isoformat(),
    "uidb64": lambda place: "MQ",
    "token": lambda place: "no-such-token",
    "app_label": lambda place: "schools",
    "url": lambda place: "no-such-page/",
    "content_type_id": lambda place: str(ContentType.objects.get_for_model(School).pk),
}
"""Arguments that name no row."""

OF_THE_VIEW = ("id", "slug", "uuid", "pk", "object_id")
"""Arguments that name a row of the view's own model."""


def row_argument(address: Address) -> str | None:
    """The argument that names a row, if the address has one."""
    named = [name for name in address.arguments if name not in PLAIN]
    assert len(named) <= 1, f"{address} names several rows: teach objects.py which"
    return named[0] if named else None


def model_named(address: Address) -> type[Model] | None:
    """The model of the row that an address names."""
    argument = row_argument(address)
    if argument is None:
        return None
    if argument in OF_THE_VIEW:
        return address.model or School
    exact = [model for model in tenant_models() if model._meta.model_name == argument]
    alike = [model for model in tenant_models() if str(model._meta.model_name).endswith(argument)]
    assert len(exact or alike) == 1, f"no one knows what “{argument}” names in {address}"
    return (exact or alike)[0]


def path_of(address: Address, school_of: Place, row_of: Place | None) -> str:
    """The address with its school and its row filled in; the row of no place does not exist."""
    values = {name: PLAIN[name](school_of) for name in address.arguments if name in PLAIN}
    argument, model = row_argument(address), model_named(address)
    if argument and model:
        values[argument] = _outside_id(row_of.rows[model], argument) if row_of else _no_id(argument)
    return address.path(values)


def _no_id(argument: str) -> str:
    return {"slug": "no-such-school", "object_id": "999999999"}.get(argument, str(uuid.UUID(int=4)))


def _outside_id(row: Model, argument: str) -> str:
    if argument == "object_id":
        return str(row.pk)
    return str(getattr(row, "uuid", None) or getattr(row, "slug", None) or row.pk)
