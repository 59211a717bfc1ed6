"""What the commands look for across districts: the schools of one, and the school of a need. The work opens its own doors."""

import uuid

from django.core.management.base import CommandError

from coverplans.models import CoverNeed
from schools.models import District, School
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope


def schools_of_district(slug: str) -> list[School]:
    """The schools of the district with this slug, by slug, without archived ones. Raises CommandError where there is none."""
    with tenant(Scope.system()):
        district = District.objects.filter(slug=slug).first()
        if district is None:
            known = ", ".join(District.objects.order_by("slug").values_list("slug", flat=True)[:20])
            raise CommandError(f"There is no district “{slug}”. Districts here: {known or 'none yet'}.")
        schools = list(School.objects.filter(district=district, archived_at__isnull=True).order_by("slug"))
    if not schools:
        raise CommandError(f"The district “{slug}” has no school yet.")
    return schools


def scope_of_need(need: uuid.UUID) -> Scope:
    """The scope of the school of a need. Raises CommandError where there is no such need."""
    with tenant(Scope.system()):
        found = CoverNeed.objects.filter(uuid=need).values_list("district_id", "school_id").first()
    if found is None:
        raise CommandError(
            f"There is no cover need {need}. GET /api/v1/cover-needs/ lists them with their ids."
        )
    return scope_of(*found)


def scope_of(district_id: int, school_id: int) -> Scope:
    """The scope of one school."""
    return Scope.schools(district_id, [school_id])
