"""An id behind a wall, in a filter or a body, is answered exactly like one that does not exist: the same 400."""

import uuid
from typing import Any

import pytest
from django.db.models import Model

from schools.api.filters import Named
from schools.models import School
from schools.models.membership import Role
from staffing.models import Lesson, Person, Post
from tests.world import MONDAY

from .addresses import Address, every_address
from .conftest import Town
from .objects import Place, path_of
from .people import Asker
from .walk import may_ask, send

pytestmark = pytest.mark.django_db
ADDRESSES = every_address()
DAY = MONDAY.isoformat()
BODIES: list[tuple[str, str, type[Model], dict[str, Any]]] = [
    ("/api/v1/absences/", "staff", Post, {"start_date": DAY, "end_date": DAY, "reason": "sick"}),
    ("/api/v1/cover-plans/", "school", School, {"date": DAY}),
    ("/api/v1/cover-needs/<id>/assign/", "person", Person, {"seen": ""}),
    ("/api/v1/cover-needs/<id>/measure/", "into", Lesson, {"measure": "merge", "seen": ""}),
]
"""Address, the part of its body that names a row, the row's model, the rest of the body."""


def filters_of(address: Address) -> dict[str, type[Model]]:
    """The filters of a list that take an id, and whose."""
    filterset = getattr(getattr(address.callback, "cls", None), "filterset_class", None)
    found = filterset.base_filters if filterset else {}
    return {name: one.named_model for name, one in found.items() if isinstance(one, Named)}


FILTERS = [
    (address, name, model)
    for address in ADDRESSES
    if not address.arguments and address.permission("GET")
    for name, model in filters_of(address).items()
]


def out_of_reach(asker: Asker, model: type[Model], town: Town) -> list[str]:
    """Ids of rows this asker may not see: the foreign district's, and the sister school's for whoever is of one school."""
    places: list[Place] = [town.foreign]
    if asker.role is not Role.DISTRICT_ADMIN:
        places.append(town.sister)
    return [_outside_id(place.rows[model]) for place in places]


def no_id(model: type[Model]) -> str:
    return "no-such-school" if model is School else str(uuid.UUID(int=4))


def _outside_id(row: Model) -> str:
    return str(getattr(row, "uuid", None) or getattr(row, "slug", None))


def askers(address: Address, method: str, town: Town) -> list[Asker]:
    roles = (Role.DISTRICT_ADMIN, Role.COVER_MANAGER)
    people = town.people[town.own.school.slug]
    return [asker for asker in people if asker.role in roles and may_ask(asker, address, method)]


@pytest.mark.parametrize(("address", "name", "model"), FILTERS, ids=str)
def test_a_filter_by_a_row_behind_a_wall(address: Address, name: str, model: type[Model], town: Town) -> None:
    path = path_of(address, town.own, town.own)
    for asker in askers(address, "GET", town):
        none = send(asker, "GET", path, {name: no_id(model)})
        assert none.status == 400
        for hidden in out_of_reach(asker, model, town):
            assert send(asker, "GET", path, {name: hidden}) == none
        assert send(asker, "GET", path, {name: _outside_id(town.own.rows[model])}).status == 200


@pytest.mark.parametrize(("template", "name", "model", "rest"), BODIES, ids=str)
def test_a_body_with_a_row_behind_a_wall(
    template: str, name: str, model: type[Model], rest: dict[str, Any], town: Town
) -> None:
    address = next(address for address in ADDRESSES if str(address) == template)
    path = path_of(address, town.own, town.own)
    for asker in askers(address, "POST", town):
        none = send(asker, "POST", path, {**rest, name: no_id(model)})
        assert none.status == 400
        for hidden in out_of_reach(asker, model, town):
            assert send(asker, "POST", path, {**rest, name: hidden}) == none
        ours = send(asker, "POST", path, {**rest, name: _outside_id(town.own.rows[model])})
        assert ours != none, "the id is not what was refused"


def test_there_are_filters_to_test() -> None:
    assert len(FILTERS) > 5
