"""What an address must answer, computed from the door its view declares and from the table of roles."""

from dataclasses import dataclass

from django.db.models import Model

from schools.access.roles import Reach
from schools.tenancy.manager import wall_of

from .addresses import Address
from .objects import Place, model_named
from .people import Asker

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
REFUSALS = (401, 403, 404)


@dataclass(frozen=True)
class Question:
    """One request: who asks what of which school and row. Nobody asks where `asker` is None; without a `row` the address
    names one that does not exist."""

    address: Address
    method: str
    asker: Asker | None
    school: Place
    row: Place | None

    def __str__(self) -> str:
        place = f"{self.school.school.slug}/{self.row.school.slug if self.row else 'nowhere'}"
        return f"{self.method} {self.address} by {self.asker or 'nobody'} in {place}"


@dataclass(frozen=True)
class Expected:
    """The statuses that are right; `refusal` says that these and no others are."""

    statuses: tuple[int, ...]
    refusal: bool

    def fits(self, status: int) -> bool:
        return status in self.statuses if self.refusal else status < 500 and status not in self.statuses


FINE = Expected(REFUSALS, refusal=False)
ANYTHING_BUT_A_CRASH = Expected((), refusal=False)


def refused(*statuses: int) -> Expected:
    return Expected(statuses, refusal=True)


def expected(question: Question) -> Expected:
    """The answer this question must get."""
    address, asker = question.address, question.asker
    door = address.door
    if door.where == "public":
        return ANYTHING_BUT_A_CRASH
    if asker is None:
        return refused(401) if address.is_api else refused(302)
    if door.where == "signed in" or not door.permissions:
        return FINE
    permission = address.permission(question.method)
    if permission is None:
        return refused(405)
    if address.names_school and not asker.is_of(question.school):
        return refused(404)
    if not _may(question, asker, permission):
        return refused(403)
    if not _sees(question, asker, permission):
        return refused(302, 403, 404) if address.is_office else refused(404)
    return ANYTHING_BUT_A_CRASH if address.is_office else FINE


def _may(question: Question, asker: Asker, permission: str) -> bool:
    if question.address.door.where == "school":
        return asker.may_in(question.school, permission)
    return asker.reach(permission) is not None


def _sees(question: Question, asker: Asker, permission: str) -> bool:
    """Whether the row of the question lies in the scope that opens."""
    model, where = model_named(question.address), question.address.door.where
    if model is None or not hasattr(model, "wall"):
        return True
    if question.row is None:
        return False
    if question.row.school.district_id != asker.user.district_id:
        return False
    reach = Reach.SELF if where == "self" else asker.reach(permission)
    if where == "school":
        return _lies_in_school(question.row, model, question.school.school.pk)
    if reach is Reach.SCHOOL:
        return _lies_in_school(question.row, model, asker.school_id)
    return reach is Reach.DISTRICT or asker.owns(question.row, model)


def _lies_in_school(place: Place, model: type[Model], school_id: int | None) -> bool:
    wall = wall_of(model)
    belongs_to_the_district = wall.owner == "district" and not wall.within_schools
    return belongs_to_the_district or place.school.pk == school_id
