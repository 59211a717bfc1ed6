"""Schools: opened, described, archived."""

import datetime as dt
import zoneinfo

from django.db import IntegrityError, transaction
from django.utils.timezone import now

from schools.calendar_math import MONDAY_TO_FRIDAY, DayMapping, MappingKind
from schools.errors import Refused
from schools.models import District, School, User
from schools.selectors.calendar import today_at
from schools.services.audit import record
from schools.services.calendar import set_rotation

SCHOOL_YEAR_BEGINS = (8, 1)
"""Month and day from which a new school's first calendar counts; a timetable usually comes with a later one."""


def create_school(*, district: District, name: str, slug: str, timezone: str, actor: User | None) -> School:
    """A school that is open Monday to Friday until a timetable says otherwise, with the district's settings.

    Raises Refused for a time zone that does not exist, or a slug that is taken somewhere in the installation.
    """
    if timezone not in zoneinfo.available_timezones():
        raise Refused("There is no such time zone; use a name such as Europe/Madrid.", field="timezone")
    try:
        with transaction.atomic():
            school = School.objects.create(district=district, name=name, slug=slug, timezone=timezone)
    except IntegrityError as taken:
        raise Refused("This short name is taken; choose another one.", field="slug") from taken
    record(action="school.create", subject=school, actor=actor, changes={"slug": (None, slug)})
    begins = _school_year_of(school)
    set_rotation(
        school=school,
        mapping=DayMapping(MappingKind.WEEKLY, MONDAY_TO_FRIDAY, 1, len(MONDAY_TO_FRIDAY), begins),
        effective_from=begins,
        actor=actor,
    )
    return school


def describe_school(*, school: School, name: str, phone: str, actor: User | None) -> None:
    """Change what a school is called and where its office answers; the same again changes nothing."""
    wanted = {"name": name, "phone": phone}
    stored = School.objects.select_for_update(no_key=True).get(pk=school.pk)
    changes = {
        field: (getattr(stored, field), value)
        for field, value in wanted.items()
        if getattr(stored, field) != value
    }
    if changes:
        School.objects.filter(pk=school.pk).update(**wanted)
        record(action="school.describe", subject=school, actor=actor, changes=changes)


def archive_school(*, school: School, actor: User | None) -> None:
    """Close a school for good: its pages do not exist any more, everything recorded stays."""
    _set_archived(school, now(), "school.archive", actor)


def reopen_school(*, school: School, actor: User | None) -> None:
    """Take a school out of the archive."""
    _set_archived(school, None, "school.reopen", actor)


def _set_archived(school: School, at: dt.datetime | None, action: str, actor: User | None) -> None:
    rows = School.objects.filter(pk=school.pk, archived_at__isnull=at is not None)
    if rows.update(archived_at=at):
        record(action=action, subject=school, actor=actor)


def _school_year_of(school: School) -> dt.date:
    today = today_at(school, now())
    begins = today.replace(month=SCHOOL_YEAR_BEGINS[0], day=SCHOOL_YEAR_BEGINS[1])
    return begins if begins <= today else begins.replace(year=today.year - 1)
