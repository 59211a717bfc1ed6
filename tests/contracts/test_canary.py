"""Canary words of one school never reach another: not on a page, in an API answer, a header, a mail or a log line."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail

from absences.models import Absence
from coverplans.models import Assignment, Booking
from coverplans.notify.email import CHANNELS
from schools.models import User
from schools.models.membership import Role
from schools.outbox.announce import announce
from schools.outbox.deliver import deliver_due
from schools.services.users import PASSWORD_LINK
from schools.tenancy.door import tenant
from tests.rows import SECRET_REASON
from tests.world import MONDAY

from .addresses import Address, every_address
from .conftest import Town
from .expectations import Question
from .objects import Place
from .people import Asker
from .secrets import leaks, secrets_of_school
from .walk import ask, may_ask

READ = [address for address in every_address() if not address.door.permissions or address.permission("GET")]
LISTS = [address for address in READ if address.is_api and not address.arguments]

TOPICS = [*CHANNELS, PASSWORD_LINK]

pytestmark = pytest.mark.django_db


def readers(address: Address, town: Town) -> Iterator[tuple[Asker, Place]]:
    """Everybody who may, in their own school; what needs no permission says the same to all.

    The office of a district reads an address without a school and a row once, not from each of its schools.
    """
    seen = set()
    for place in town.places:
        people = town.people[place.school.slug]
        may = [asker for asker in people if may_ask(asker, address, "GET")]
        for asker in may if address.door.permissions else people[:1]:
            if address.arguments or asker.user not in seen:
                seen.add(asker.user)
                yield asker, place


@pytest.mark.parametrize("address", READ, ids=str)
def test_nobody_of_any_school_reads_a_word_of_another(
    address: Address, town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    found = []
    with caplog.at_level(logging.INFO):
        for asker, place in readers(address, town):
            question = Question(address, "GET", asker, place, place)
            found += [f"{question} reads “{word}”" for word in leaks(question, ask(question), town)]
    assert found == []
    assert "canary" not in caplog.text
    assert "canary" not in "".join(f"{message.subject} {message.body}" for message in mail.outbox)


def test_the_words_are_really_there_to_be_read(town: Town) -> None:
    """Each school's own people do read them; otherwise the test above would find nothing whatever happened."""
    for place in town.places:
        manager = next(asker for asker in town.people[place.school.slug] if asker.role is Role.COVER_MANAGER)
        answers = [ask(Question(address, "GET", manager, place, place)) for address in LISTS]
        for word in (place.cast.canary, place.cast.posts["Ada"].person.name):
            assert any(answer.says(word) for answer in answers), word


@pytest.mark.parametrize("of", ["own", "sister", "foreign"])
def test_no_mail_says_why_or_tells_of_another_school(of: str, town: Town) -> None:
    """Messages of every topic, about our rows and, by mistake or malice, about the rows of `of`."""
    about: Place = getattr(town, of)
    with tenant(town.own.cast.scope):
        for topic in TOPICS:
            announce(
                topic,
                district_id=town.own.school.district_id,
                school_id=town.own.school.pk,
                payload={**_ids(about), "user": town.own.rows[User].pk},
            )
    tally = deliver_due()
    texts = [f"{message.subject}\n{message.body}" for message in mail.outbox]
    assert tally.sent + tally.retried >= len(TOPICS)
    assert texts or of != "own"
    others = [word for place in (town.sister, town.foreign) for word in secrets_of_school(place)]
    for word in (*others, SECRET_REASON, "note for the office"):
        assert not any(word in text for text in texts), word


def _ids(place: Place) -> dict[str, Any]:
    """A payload that any topic can read."""
    rows = place.rows
    return {
        "person": rows.booked.pk,
        "assignments": [str(rows[Assignment].uuid)],
        "booking": str(rows[Booking].uuid),
        "absence": str(rows[Absence].uuid),
        "date": MONDAY.isoformat(),
        "version": 1,
        "actor": None,
    }
