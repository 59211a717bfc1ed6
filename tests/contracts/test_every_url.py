"""Every address × method × role, in the own school, a sister school and a foreign district."""

import pytest
from django.contrib import admin

from schools.models import User
from schools.tenancy.keys import tenant_models

from .addresses import Address, every_address
from .conftest import Town
from .expectations import expected
from .secrets import leaks
from .walk import ask, questions

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


def test_no_two_addresses_are_the_same() -> None:
    templates = [address.template for address in ADDRESSES]
    assert len(templates) == len(set(templates))


def test_the_office_shows_tenant_rows_and_logins_only() -> None:
    assert set(admin.site._registry) <= {*tenant_models(), User}
