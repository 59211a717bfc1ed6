"""Who is asking: a login, its memberships of today, and the person it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from schools.models import Membership, User
from schools.models.membership import Role
from schools.tenancy.scope import Scope

from .roles import Reach, reach_of


@dataclass(frozen=True, slots=True)
class Place:
    """One membership in short: a role in one school, or in the district (`school_id` is None)."""

    role: Role
    school_id: int | None
    school_slug: str | None
    school_name: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """The person a login is, if any, and the schools of that person's posts, bookings and offers."""

    person_id: int | None = None
    name: str = ""
    school_ids: tuple[int, ...] = ()
    person_uuid: UUID | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """A login with what it may do today. `own_school_ids` are the schools of the person's posts, bookings and offers."""

    user_id: int
    district_id: int
    places: tuple[Place, ...]
    person_id: int | None = None
    own_school_ids: tuple[int, ...] = ()
    name: str = ""
    person_uuid: UUID | None = None
    email: str = ""

    @property
    def shown_name(self) -> str:
        """The person's name; for a login without a person what stands before the @."""
        return self.name or self.email.partition("@")[0]

    def may(self, permission: str) -> bool:
        """True when some role of the caller grants the permission somewhere."""
        return any(reach_of(place.role, permission) for place in self.places)

    def knows_school(self, school_id: int) -> bool:
        """True when the caller belongs to the school: then a refusal is 403, otherwise the school does not exist for them."""
        district_wide = any(
            place.school_id is None and place.role is not Role.SUBSTITUTE for place in self.places
        )
        return district_wide or any(place.school_id == school_id for place in self.places)

    def scope_for(self, permission: str) -> Scope | None:
        """The widest scope in which the caller holds the permission, or None."""
        reaches = [(reach_of(place.role, permission), place) for place in self.places]
        if any(reach is Reach.DISTRICT for reach, _ in reaches):
            return Scope.district(self.district_id)
        schools = [
            place.school_id
            for reach, place in reaches
            if reach is Reach.SCHOOL and place.school_id is not None
        ]
        if schools:
            return Scope.schools(self.district_id, schools)
        if any(reach is Reach.SELF for reach, _ in reaches):
            return self.self_scope()
        return None

    def self_scope(self) -> Scope:
        """The caller's own rows; a login without a person sees none."""
        return Scope.self_(self.district_id, self.person_id or 0, self.own_school_ids)

    def school_scope_for(self, permission: str, school_id: int) -> Scope | None:
        """A scope of exactly this school if the caller holds the permission there, else None."""
        for place in self.places:
            reach = reach_of(place.role, permission)
            if reach is Reach.DISTRICT or (reach is Reach.SCHOOL and place.school_id == school_id):
                return Scope.schools(self.district_id, [school_id])
        return None


PersonFinder = Callable[[User], Own]
_find_person: list[PersonFinder] = []


def register_person_finder(finder: PersonFinder) -> None:
    """Let the app that knows people say which person a login is, and in which schools that person has rows."""
    _find_person[:] = [finder]


def read_caller(user: User, on: date) -> Caller:
    """The caller behind a signed-in user; needs a door of the user's district. Three queries."""
    memberships = (
        Membership.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            user=user,
            starts_on__lte=on,
            school__archived_at__isnull=True,
        )
        .order_by("role", "school__name")
        .values_list("role", "school_id", "school__slug", "school__name")
    )
    places = tuple(
        Place(Role(role), school_id, slug, name or "") for role, school_id, slug, name in memberships
    )
    own = _find_person[0](user) if _find_person else Own()
    about = (own.person_id, own.school_ids, own.name, own.person_uuid)
    return Caller(user.pk, user.district_id, places, *about, email=user.email)
