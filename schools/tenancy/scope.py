"""The scope: whose rows the running code may see.

A scope lies inside one district and is one of: these schools, all its schools, one person ("self"). The fourth kind,
`system`, finds work across districts and is for workers and commands only.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

Kind = Literal["schools", "district", "self", "system"]

ROLE_OF_KIND: dict[Kind, str] = {
    "schools": "cover_app",
    "self": "cover_app",
    "district": "cover_district",
    "system": "cover_system",
}


class ScopeError(RuntimeError):
    """A tenant query was about to run outside a door."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What one door opens. Make it with the class methods; they keep the fields consistent."""

    kind: Kind
    district_id: int | None
    school_ids: tuple[int, ...] = ()
    person_id: int | None = None

    @classmethod
    def schools(cls, district_id: int, school_ids: tuple[int, ...] | list[int]) -> "Scope":
        """One or several schools of a district."""
        return cls("schools", district_id, tuple(sorted(set(school_ids))))

    @classmethod
    def district(cls, district_id: int) -> "Scope":
        """All schools of a district."""
        return cls("district", district_id)

    @classmethod
    def self_(cls, district_id: int, person_id: int, school_ids: tuple[int, ...] | list[int]) -> "Scope":
        """One person's own rows, in the schools of that person's posts, bookings and offers."""
        return cls("self", district_id, tuple(sorted(set(school_ids))), person_id)

    @classmethod
    def system(cls) -> "Scope":
        """Every district. Workers and commands only; each use is listed by a test."""
        return cls("system", None)

    def settings(self) -> tuple[str, str, str]:
        """Role, district and school list as the database's policies read them."""
        schools = "{" + ",".join(str(school) for school in self.school_ids) + "}" if self.school_ids else ""
        return ROLE_OF_KIND[self.kind], str(self.district_id or ""), schools


_current: ContextVar[Scope | None] = ContextVar("tenant_scope", default=None)


def current_scope() -> Scope:
    """The scope of the innermost open door. Raises ScopeError outside a door."""
    scope = _current.get()
    if scope is None:
        raise ScopeError("this query needs an open door: with tenant(scope): …")
    return scope
