"""New districts. Nobody signs in above a district: this is for commands."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import IntegrityError, transaction

from schools.errors import Refused
from schools.events import district_created
from schools.models import District
from schools.models.district import known_zone
from schools.services.audit import record


def create_district(*, slug: str, name: str, timezone: str, is_demo: bool = False) -> District:
    """A district with what every district has, such as the usual reasons of absence. Needs a system door.

    Raises Refused, naming the field, for a malformed or taken slug and for a time zone that does not exist.
    """
    _check(slug, timezone)
    try:
        with transaction.atomic():
            district = District.objects.create(slug=slug, name=name, timezone=timezone, is_demo=is_demo)
    except IntegrityError as taken:
        raise Refused(f"There is a district “{slug}” already.", field="slug") from taken
    record(action="district.create", subject=district, actor=None, changes={"slug": (None, slug)})
    district_created.tell(district, None)
    return district


def _check(slug: str, timezone: str) -> None:
    try:
        validate_slug(slug)
    except ValidationError as malformed:
        raise Refused("A short name has letters, digits and hyphens only.", field="slug") from malformed
    try:
        known_zone(timezone)
    except ValidationError as unknown:
        raise Refused("; ".join(unknown.messages), field="timezone") from unknown
