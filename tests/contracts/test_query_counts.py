"""A list of thirty rows takes no more queries than a list of three."""

import pytest
from pytest_django import DjangoDbBlocker

from schools.models.membership import Role

from .addresses import Address, every_address
from .conftest import Town
from .people import Asker
from .query_counts import FEW, MANY, Measured, fill, lists_of, measure
from .walk import may_ask

LISTS = lists_of(every_address())
EACH_SCOPE = (Role.DISTRICT_ADMIN, Role.COVER_MANAGER, Role.TEACHER, Role.SUBSTITUTE)
"""One role for each kind of scope: the district, a school, oneself."""
BYTES_OF_A_ROW = 20
Measures = dict[tuple[Address, Asker], tuple[Measured, Measured]]


@pytest.fixture(scope="module")
def measures(town: Town, django_db_blocker: DjangoDbBlocker) -> Measures:
    """Address and asker → the request with few rows and with many."""
    asked = [
        (address, asker)
        for address in LISTS
        for asker in town.people[town.own.school.slug]
        if asker.role in EACH_SCOPE and may_ask(asker, address, "GET")
    ]
    with django_db_blocker.unblock():
        fill(town, range(1, FEW))
        few = {key: measure(*key, town) for key in asked}
        fill(town, range(FEW, MANY))
        many = {key: measure(*key, town) for key in asked}
    return {key: (few[key], many[key]) for key in asked}


@pytest.mark.parametrize("address", LISTS, ids=str)
def test_thirty_rows_take_the_queries_of_three(address: Address, measures: Measures) -> None:
    more = []
    for (asked, asker), (few, many) in measures.items():
        if asked == address and len(few.statements) != len(many.statements):
            more.append(
                f"{asker}: {len(few.statements)} queries for {FEW} rows, {len(many.statements)} for {MANY}:"
            )
            more += [f"    {sql[:200]}" for sql in many.statements if sql not in few.statements][:10]
    assert not more, "\n".join(more)


def test_the_long_lists_are_really_longer(measures: Measures) -> None:
    """Otherwise the test above would count the queries of empty pages."""
    longer = {
        str(address)
        for (address, _), (few, many) in measures.items()
        if many.length > few.length + BYTES_OF_A_ROW * (MANY - FEW)
    }
    assert len(longer) > len(LISTS) / 3
