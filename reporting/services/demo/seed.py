"""Seeds the demo. Run again, it completes what is missing and leaves everything else alone."""

import datetime as dt
from collections.abc import Callable

from reporting.services.demo.cast import make_district, make_pool, make_school, make_sign_ins
from reporting.services.demo.days import make_absences, make_history
from schools.errors import Refused
from schools.models import District, School, User
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope

Say = Callable[[str], None]


def seed_demo(*, schools: int, seed: int, today: dt.date, is_production: bool, say: Say) -> None:
    """Make the demo district with so many schools, two weeks of history, and absences for the next two school days.

    Raises Refused in production and in a database that holds any district not marked as demo.
    """
    if is_production:
        raise Refused(
            "The demo's password is public, so it is never seeded in production (DJANGO_ENV=production)."
        )
    with tenant(Scope.system()):
        if District.objects.filter(is_demo=False).exists():
            raise Refused("This database holds a real district. Give the demo a database of its own.")
        district = District.objects.filter(slug="demo").first()
    if district is None:
        district = _make_everything(schools, seed, today, say)
    with tenant(Scope.district(district.pk)):
        made = list(School.objects.order_by("id"))
    actor = User.objects.filter(email="cover@demo.example").first()
    for school in made:
        days = make_history(school, today, seed, actor)
        reports = make_absences(school, today, seed, actor)
        if days or reports:
            say(f"{school.name}: {days} days planned and published, {reports} absences for the days to come")


def _make_everything(schools: int, seed: int, today: dt.date, say: Say) -> District:
    """All or nothing: one transaction from the district to the last sign-in."""
    with tenant(Scope.system()):
        district = make_district(today)
        made = []
        for place in range(schools):
            made.append(make_school(district, place, seed, today))
            say(f"{made[-1].name}: timetable of {place + 1} of {schools} schools loaded")
        make_pool(district, made, seed, today)
        make_sign_ins(made[0], today)
    return district
