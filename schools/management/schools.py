"""Commands that name a school: found in any district, then worked on through its own door."""

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches

from django.core.management.base import CommandError

from schools.models import School
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope

MOST_NAMED = 20


@contextmanager
def school_door(slug: str) -> Iterator[School]:
    """The door of one school, named by its slug. Raises CommandError where there is none."""
    school = school_named(slug)
    with tenant(Scope.schools(school.district_id, [school.pk])):
        yield school


def school_named(slug: str) -> School:
    """The school of this slug, in whichever district. Raises CommandError, which says how to find the right one."""
    with tenant(Scope.system()):
        schools = School.objects.filter(archived_at__isnull=True)
        found = schools.filter(slug=slug).first()
        if found is None:
            raise CommandError(
                _not_found(slug, list(schools.order_by("slug").values_list("slug", flat=True)))
            )
        return found


def _not_found(slug: str, known: list[str]) -> str:
    if not known:
        return f"There is no school “{slug}”; there is no school at all yet."
    near = get_close_matches(slug, known, n=3) or known[:MOST_NAMED]
    more = f" (of {len(known)})" if len(near) < len(known) else ""
    return (
        f"There is no school “{slug}”. Schools here{more}: {', '.join(near)}. "
        "The office lists every school with its slug, and so does GET /api/v1/schools/."
    )
