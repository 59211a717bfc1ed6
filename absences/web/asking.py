"""Who asks, and about what: what the door left on the request."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.http import Http404, HttpRequest
from django.utils import timezone

from absences.models import Absence
from absences.selectors.history import with_all
from absences.selectors.people import own_posts
from schools.access.caller import Caller
from schools.models import School, User
from schools.selectors.calendar import today_at
from staffing.models import Post


def caller_of(request: HttpRequest) -> Caller:
    found: Caller = request.caller  # type: ignore[attr-defined]  # set where the door opened
    return found


def user_of(request: HttpRequest) -> User:
    found: User = request.user  # type: ignore[assignment]  # a page behind a door has a user
    return found


def school_of(request: HttpRequest) -> School:
    found: School = request.school  # type: ignore[attr-defined]  # set where the door opened
    return found


def own_posts_of(request: HttpRequest, now: dt.datetime) -> list[Post]:
    """The caller's posts that are not over; none for a login without a person."""
    person_id = caller_of(request).person_id
    return own_posts(person_id, timezone.localdate(now)) if person_id else []


def own_today(posts: Sequence[Post], now: dt.datetime) -> dt.date:
    """Today by the clock of the caller's first school."""
    return today_at(posts[0].school, now) if posts else timezone.localdate(now)


def shown(absence: uuid.UUID, *, within: School | None = None) -> Absence:
    """The absence with all a page shows of it. Raises Http404 outside the door, and outside the school of the address."""
    rows = with_all().filter(uuid=absence)
    found = (rows if within is None else rows.filter(school=within)).first()
    if found is None:
        raise Http404("There is no such absence here.")
    return found


def may_in(request: HttpRequest, permission: str, school: School) -> bool:
    """True when the caller holds the permission in this school beyond their own rows."""
    return caller_of(request).school_scope_for(permission, school.pk) is not None
