"""Roles × permissions: the one table that pages, API, admin and docs read.

A grant says how far a role reaches with a permission: `SELF` the person's own rows, `SCHOOL` the school of the membership,
`DISTRICT` every school of the district. A permission that a role does not name is not granted.
"""

from enum import IntEnum

from schools.models.membership import Role


class Reach(IntEnum):
    SELF = 1
    SCHOOL = 2
    DISTRICT = 3


_ADMIN, _VIEWER = Role.DISTRICT_ADMIN, Role.DISTRICT_VIEWER
_MANAGER, _APPROVER, _TEACHER = Role.COVER_MANAGER, Role.APPROVER, Role.TEACHER
_SUBSTITUTE, _SCHOOL_VIEWER = Role.SUBSTITUTE, Role.SCHOOL_VIEWER

_OFFICE = {_ADMIN: Reach.DISTRICT, _VIEWER: Reach.DISTRICT}
_ADMIN_ONLY = {_ADMIN: Reach.DISTRICT}
_RUNS_COVER = {_ADMIN: Reach.DISTRICT, _MANAGER: Reach.SCHOOL}
_SEES_COVER = {**_OFFICE, _MANAGER: Reach.SCHOOL, _APPROVER: Reach.SCHOOL, _SCHOOL_VIEWER: Reach.SCHOOL}
_OWN = {_TEACHER: Reach.SELF, _SUBSTITUTE: Reach.SELF}

PERMISSIONS: dict[str, dict[Role, Reach]] = {
    "home.open": dict.fromkeys(Role, Reach.SELF),
    "me.read": dict.fromkeys(Role, Reach.SELF),
    "school.read": {**_SEES_COVER, _TEACHER: Reach.SCHOOL},
    "school.manage": _ADMIN_ONLY,
    "office.open": _OFFICE,
    "office.change": _ADMIN_ONLY,
    "staff.read": {**_SEES_COVER, _TEACHER: Reach.SELF},
    "substitute.read": {**_OFFICE, _MANAGER: Reach.SCHOOL, _SUBSTITUTE: Reach.SELF},
    "lesson.read": {**_SEES_COVER, _TEACHER: Reach.SCHOOL},
    "timetable.import": _RUNS_COVER,
    "reason.read": {
        role: Reach.SCHOOL if role in (_MANAGER, _APPROVER, _TEACHER, _SCHOOL_VIEWER) else Reach.DISTRICT
        for role in Role
    },
    "absence.read": {**_OFFICE, _MANAGER: Reach.SCHOOL, _APPROVER: Reach.SCHOOL, _TEACHER: Reach.SELF},
    "absence.report": {**_RUNS_COVER, _TEACHER: Reach.SELF},
    "absence.approve": {_ADMIN: Reach.DISTRICT, _APPROVER: Reach.SCHOOL},
    "absence.read_reason": {
        _ADMIN: Reach.DISTRICT,
        _MANAGER: Reach.SCHOOL,
        _APPROVER: Reach.SCHOOL,
        _TEACHER: Reach.SELF,
    },
    "need.read": {**_SEES_COVER, **_OWN},
    "board.read": _SEES_COVER,
    "plan.read": _SEES_COVER,
    "plan.change": _RUNS_COVER,
    "assignment.read": {**_SEES_COVER, **_OWN},
    "booking.read": {**_SEES_COVER, _SUBSTITUTE: Reach.SELF},
    "offer.read": {**_OFFICE, _MANAGER: Reach.SCHOOL, _SUBSTITUTE: Reach.SELF},
    "offer.answer": {_SUBSTITUTE: Reach.SELF},
    "mycover.read": dict.fromkeys((_TEACHER, _SUBSTITUTE, _MANAGER, _APPROVER), Reach.SELF),
    "report.read": _SEES_COVER,
}


def reach_of(role: Role, permission: str) -> Reach | None:
    """How far this role reaches with this permission, or None. Raises KeyError for a permission that does not exist."""
    return PERMISSIONS[permission].get(role)
