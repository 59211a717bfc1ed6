"""Who asks: everybody of the world, and how far each of them reaches."""

from dataclasses import dataclass

from django.db.models import Model
from django.test import Client

from schools.access.roles import PERMISSIONS, Reach
from schools.models import User
from schools.models.membership import Role
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope

from .objects import Place

DISTRICT_WIDE = (Role.DISTRICT_ADMIN, Role.DISTRICT_VIEWER)


@dataclass(frozen=True)
class Asker:
    """A login with one role; `school_id` is None for a role of the whole district."""

    user: User
    role: Role
    school_id: int | None
    person_id: int = 0
    own_school_ids: tuple[int, ...] = ()
    session: str = ""

    def __str__(self) -> str:
        return self.user.email

    def reach(self, permission: str) -> Reach | None:
        return PERMISSIONS[permission].get(self.role)

    def is_of(self, place: Place) -> bool:
        """True for somebody of this school: a refusal is 403 for them, for everybody else the school does not exist."""
        if self.role in DISTRICT_WIDE:
            return place.school.district_id == self.user.district_id
        return self.school_id == place.school.pk

    def may_in(self, place: Place, permission: str) -> bool:
        reach = self.reach(permission)
        return reach is Reach.DISTRICT or (reach is Reach.SCHOOL and self.school_id == place.school.pk)

    def owns(self, place: Place, model: type[Model]) -> bool:
        """True for a row of this very person; which rows those are, the models' walls say."""
        with tenant(Scope.self_(self.user.district_id, self.person_id, self.own_school_ids)):
            return model._default_manager.filter(pk=place.rows[model].pk).exists()


def sign_in(user: User) -> str:
    """A new session of this user."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


def everybody_of(place: Place) -> list[Asker]:
    """Each role of a school, and of the district it belongs to; the substitute if that is who is booked there."""
    ada, booked = place.cast.posts["Ada"].person, place.rows.booked
    office, school = place.district.users, place.cast.users
    here = place.school.pk
    substitute = office["substitute"]
    return [
        _asker(office["admin"], Role.DISTRICT_ADMIN, None),
        _asker(office["viewer"], Role.DISTRICT_VIEWER, None),
        *(
            [_asker(substitute, Role.SUBSTITUTE, None, booked.pk, (here,))]
            if booked.user == substitute
            else []
        ),
        _asker(school["teacher"], Role.TEACHER, here, ada.pk, (here,)),
        *(
            _asker(school[role.value], role, here)
            for role in (Role.COVER_MANAGER, Role.APPROVER, Role.SCHOOL_VIEWER)
        ),
    ]


def _asker(
    user: User, role: Role, school_id: int | None, person_id: int = 0, own_school_ids: tuple[int, ...] = ()
) -> Asker:
    return Asker(user, role, school_id, person_id, own_school_ids, sign_in(user))
