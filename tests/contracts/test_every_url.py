"""Every address × method × role, in the own school, a sister school and a foreign district."""

import pytest
from django.contrib import admin

from schools.models import User
from schools.tenancy.keys import tenant_models

from .addresses import Address, every_address
from .conftest import Town
from .expectations import METHODS, Question, expected
from .objects import row_argument
from .secrets import leaks
from .walk import POWERFUL, ask, may_ask, questions

ADDRESSES = every_address()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_every_role_gets_what_it_may_have_and_nothing_else(address: Address, town: Town) -> None:
    wrong = []
    for question in questions(address, town):
        answer, right = ask(question), expected(question)
        if not right.fits(answer.status):
            wrong.append(f"{question}: {answer.status}, expected {right}")
        wrong += [f"{question} reads “{word}”" for word in leaks(question, answer, town)]
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", [address for address in ADDRESSES if row_argument(address)], ids=str)
def test_a_row_behind_a_wall_looks_like_none_at_all(address: Address, town: Town) -> None:
    for method in METHODS:
        for asker in town.people[town.own.school.slug]:
            if may_ask(asker, address, method) and asker.role in POWERFUL:
                behind, none = (
                    ask(Question(address, method, asker, town.own, row)) for row in (town.foreign, None)
                )
                assert behind.status == none.status, f"{method} by {asker}"


def test_no_two_addresses_are_the_same() -> None:
    templates = [address.template for address in ADDRESSES]
    assert len(templates) == len(set(templates))


def test_the_office_shows_tenant_rows_and_logins_only() -> None:
    assert set(admin.site._registry) <= {*tenant_models(), User}
