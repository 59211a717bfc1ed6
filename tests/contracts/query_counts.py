"""How many queries a list takes: the same for three rows as for thirty."""

from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

from absences.models import AbsenceDay
from coverplans.models import Assignment, CoverNeed, CreditEntry, Offer
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from tests.rows import Rows

from .addresses import Address
from .conftest import Town, people_given
from .expectations import Question
from .people import Asker
from .walk import ask

FEW, MANY = 3, 30


OF_ONE_DAY = (AbsenceDay, CoverNeed, Assignment, Offer, CreditEntry)


def fill(town: Town, numbers: range) -> None:
    """More rows of every model in our school, one set for each number: about new people, and about Ada and the substitute."""
    district, cast, booked = town.own.district, town.own.cast, town.own.rows.booked
    with tenant(Scope.system()):
        given = people_given(cast, booked)
        for number in numbers:
            Rows(district, cast, number=number).of_every_model()
            again = Rows(district, cast, given, number=MANY + number, substitute=booked)
            for model in OF_ONE_DAY:
                again[model]


def lists_of(addresses: list[Address]) -> list[Address]:
    """The addresses that are read, name no row and belong to somebody."""
    plain = {"school", "date"}
    return [
        address
        for address in addresses
        if set(address.arguments) <= plain and address.door.permissions and address.permission("GET")
    ]


@dataclass(frozen=True)
class Measured:
    """The statements of one request and the length of its answer; nothing where the asker may not ask."""

    statements: list[str]
    length: int


def measure(address: Address, asker: Asker, town: Town) -> Measured:
    """One request, after one that fills the caches."""
    question = Question(address, "GET", asker, town.own, town.own)
    if ask(question).status != 200:
        return Measured([], 0)
    with CaptureQueriesContext(connection) as captured:
        answer = ask(question)
    return Measured([query["sql"] for query in captured.captured_queries], len(answer.everything))
