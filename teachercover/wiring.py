"""The only place that connects a lower app's news to what a higher app does about it."""

from dataclasses import replace

from absences.hooks import absence_changed, register_need_counter
from coverplans.selectors.need_counts import count_needs
from coverplans.selectors.own_schools import schools_with_bookings_of
from coverplans.services.follow import on_absence_changed, on_calendar_changed, on_timetable_changed
from schools.access.caller import Own, register_person_finder
from schools.events import calendar_changed
from schools.models import User
from staffing.hooks import timetable_changed
from staffing.selectors.people import person_of


def connect() -> None:
    """Called once when the apps are ready."""
    register_person_finder(_own)
    register_need_counter(count_needs)
    absence_changed.connect(on_absence_changed)
    timetable_changed.connect(on_timetable_changed)
    calendar_changed.connect(on_calendar_changed)


def _own(user: User) -> Own:
    """The person a login is, with the schools of their posts, bookings and offers. Two queries."""
    own = person_of(user)
    if own.person_id is None:
        return own
    booked = schools_with_bookings_of(own.person_id)
    return replace(own, school_ids=tuple(sorted({*own.school_ids, *booked})))
