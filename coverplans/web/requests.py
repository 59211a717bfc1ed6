"""What a request carries once its door was opened, for type checkers and readers."""

import datetime as dt

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from schools.access.caller import Caller
from schools.models import School, User
from schools.tenancy.scope import Scope


class DoorRequest(HttpRequest):
    """A request of somebody who is signed in and may be here."""

    user: User
    caller: Caller
    scope: Scope
    htmx: HtmxDetails


class SchoolRequest(DoorRequest):
    """The same on an address that names a school."""

    school: School


def may_here(request: SchoolRequest, permission: str) -> bool:
    """Whether the caller holds a permission at the school of the address."""
    return request.caller.school_scope_for(permission, request.school.pk) is not None


class DateConverter:
    """`2026-11-23` in an address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date | str) -> str:
        return str(value)
