"""Asks an address, and undoes whatever the answer did."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client

from schools.models.membership import Role

from .addresses import Address
from .conftest import Town
from .expectations import METHODS, Question
from .objects import Place, path_of, row_argument
from .people import Asker

POWERFUL = (Role.DISTRICT_ADMIN, Role.COVER_MANAGER)


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers and bytes in one."""

    status: int
    everything: bytes

    def says(self, word: str) -> bool:
        return word.encode() in self.everything


def questions(address: Address, town: Town) -> Iterator[Question]:
    """Every method by everybody of our school, by powerful strangers and by nobody.

    Who may not ask at all asks for our school alone, and for a foreign one where the address names it.
    """
    for method in METHODS:
        places = list(_places(address, town))
        nearest_and_farthest = [places[0], places[-1]] if address.names_school else places[:1]
        for asker in _askers(address, method, town):
            if asker is None or asker not in town.people[town.own.school.slug]:
                asked = places[:1]
            elif may_ask(asker, address, method):
                asked = places
            else:
                asked = nearest_and_farthest
            for school, row in asked:
                yield Question(address, method, asker, school, row)


def may_ask(asker: Asker, address: Address, method: str) -> bool:
    """True where the asker's role is read and grants something."""
    permission = address.permission(method)
    return permission is not None and asker.reach(permission) is not None


def _askers(address: Address, method: str, town: Town) -> list[Asker | None]:
    """Where no role is read (a public address, a method nobody may use) the most powerful asks, and nobody does."""
    ours, theirs = town.people[town.own.school.slug], town.people[town.foreign.school.slug]
    if not _is_read_by_role(address, method):
        return [ours[0], None]
    return [*ours, *(asker for asker in theirs if asker.role in POWERFUL), None]


def _is_read_by_role(address: Address, method: str) -> bool:
    door = address.door
    return door.where != "public" and (not door.permissions or bool(address.permission(method)))


def _places(address: Address, town: Town) -> Iterator[tuple[Place, Place]]:
    """Whose school and whose row the address names."""
    yield town.own, town.own
    if row_argument(address):
        yield from ((town.own, place) for place in (town.sister, town.foreign))
    if address.names_school:
        yield from ((place, place) for place in (town.sister, town.foreign))


@cache
def _browser() -> Client:
    """One for everybody, because a new one would load the whole middleware again; it forgets who used it last."""
    return Client(raise_request_exception=False)


def ask(question: Question) -> Answer:
    """Ask without saying anything more than the address does."""
    path = path_of(question.address, school_of=question.school, row_of=question.row)
    return send(question.asker, question.method, path, {})


def send(asker: Asker | None, method: str, path: str, data: dict[str, Any]) -> Answer:
    """Send a request as somebody, or as nobody, and undo it. The API gets JSON, pages get a form."""
    browser = _browser()
    browser.cookies = SimpleCookie()
    if asker:
        browser.cookies[settings.SESSION_COOKIE_NAME] = asker.session
    options: dict[str, Any] = {"data": data}
    if path.startswith("/api/") and method != "GET":
        options["content_type"] = "application/json"
    with _undone_like_a_test():
        response = getattr(browser, method.lower())(path, **options)
        headers = "\n".join(f"{name}: {value}" for name, value in response.items()).encode()
        transaction.set_rollback(True)
    return Answer(response.status_code, headers + b"\n" + response.content)


def _undone_like_a_test() -> transaction.Atomic:
    """A block in which views may ask for a transaction of their own, as they may in any test."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # what Django's TestCase does
    return block
