"""The canary words: what stands in the rows of each school, and who may never read it."""

from schools.models.membership import Role
from tests.rows import SECRET_REASON

from .addresses import Address
from .conftest import Town
from .expectations import Question
from .objects import Place
from .people import DISTRICT_WIDE, Asker
from .walk import Answer

SEEN_BY_ALL = ("board", "cover", "offers", "needs", "plans", "assignments", "bookings")
"""Words in the addresses of boards, sheets, feeds and jobs, which say nothing of reasons to anybody."""

WITHOUT_REASONS = (Role.DISTRICT_VIEWER, Role.SUBSTITUTE, Role.SCHOOL_VIEWER)
"""Roles that the table grants no `absence.read_reason`."""


def secrets_of_school(place: Place) -> list[str]:
    """Texts of a school's own rows and notes, logins and names of its staff. Names of the pool's people are no secret."""
    slug = place.school.slug
    return [place.cast.canary, f"@{slug}", *(post.person.name for post in place.cast.posts.values())]


def secrets_of_district(place: Place) -> list[str]:
    """What the district knows of its pool and no school may read."""
    return [f"canary-sub-{place.district.district.slug}", "canary-sub-sid"]


def secrets_from(asker: Asker, town: Town) -> list[str]:
    """Every word this person may never read."""
    found: list[str] = []
    for place in town.places:
        at_home = place.school.district_id == asker.user.district_id
        if not at_home or asker.role not in DISTRICT_WIDE:
            found += secrets_of_district(place) if asker.role is not Role.SUBSTITUTE else []
            found += secrets_of_school(place) if not _belongs(asker, place) else []
    return found


def _belongs(asker: Asker, place: Place) -> bool:
    return place.school.pk in (asker.school_id, *asker.own_school_ids)


def secrets_of_health(asker: Asker, address: Address) -> list[str]:
    """Reasons and office notes: never on what everybody sees, never for a role that does not need them."""
    public = any(word in address.template for word in SEEN_BY_ALL) and "absences" not in address.template
    note = ["note for the office"] if public or asker.role in WITHOUT_REASONS else []
    return [*note, *([SECRET_REASON] if public else [])]


def leaks(question: Question, answer: Answer, town: Town) -> list[str]:
    """The words in the answer that its reader may not have."""
    if question.asker is None:
        forbidden = [word for place in town.places for word in secrets_of_school(place)]
    else:
        forbidden = secrets_from(question.asker, town) + secrets_of_health(question.asker, question.address)
    return [word for word in dict.fromkeys(forbidden) if answer.says(word)]
