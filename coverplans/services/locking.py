"""One writer at a time for a school's day."""

import datetime as dt

from django.db import connection

from schools.models import School


def lock_day(school: School, date: dt.date) -> None:
    """Wait for, and hold until the transaction ends, the right to change this school's needs and plan of this date.

    Everything that changes the day takes it first: needs, planning, assigning, publishing. Two numbers name the lock: the
    school's key and the date's ordinal.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [school.pk % 2_147_483_647, date.toordinal()])
