"""Makes days to try things on: who is out, needs computed."""

import datetime as dt

from absences.models import Absence, AbsenceDay, AbsenceReason
from coverplans.services.needs import recompute_needs
from schools.tenancy.door import tenant
from staffing.models import PersonHold
from tests.world import MONDAY, SchoolCast, at

MORNING = at("06:45")


def out(
    cast: SchoolCast, *names: str, day: dt.date = MONDAY, starts: str = "00:00", ends: str = "23:59"
) -> list[Absence]:
    """These teachers are away on the date, all day or from … to …; the needs are worked out."""
    with tenant(cast.scope):
        found = [_absence(cast, name, day, starts, ends) for name in names]
        recompute_needs(school=cast.school, date=day, actor=None, now=MORNING)
    return found


def _absence(cast: SchoolCast, name: str, day: dt.date, starts: str, ends: str) -> Absence:
    owned = {"district_id": cast.school.district_id, "school": cast.school, "post": cast.posts[name]}
    absence = Absence.objects.create(
        **owned,
        reason=AbsenceReason.objects.get(code="sick"),
        starts_on=day,
        ends_on=day,
        state="active",
        reported_at=MORNING,
    )
    AbsenceDay.objects.create(
        **owned,
        absence=absence,
        date=day,
        kind="whole" if starts == "00:00" else "times",
        starts_at=at(starts, day),
        ends_at=at(ends, day),
    )
    PersonHold.objects.create(
        district_id=cast.school.district_id,
        person_id=cast.posts[name].person_id,
        starts_at=at(starts, day),
        ends_at=at(ends, day),
        kind="unavailable",
        owner=absence.uuid,
    )
    return absence


def end(cast: SchoolCast, absence: Absence, day: dt.date = MONDAY) -> None:
    """The absence is cancelled."""
    with tenant(cast.scope):
        Absence.objects.filter(pk=absence.pk).update(state="cancelled")
        PersonHold.objects.filter(owner=absence.uuid).delete()
        recompute_needs(school=cast.school, date=day, actor=None, now=MORNING)
