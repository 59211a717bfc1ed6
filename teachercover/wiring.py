"""The only place that connects a lower app's news to what a higher app does about it."""

import datetime as dt
from dataclasses import replace

from django.conf import settings

from absences.hooks import absence_changed, register_need_counter
from absences.services import follow as absences
from absences.services.default_reasons import make_default_reasons
from coverplans.notify.email import CHANNELS as COVER_MAILS
from coverplans.selectors.need_counts import count_needs
from coverplans.selectors.own_schools import schools_with_bookings_of
from coverplans.services.follow import on_absence_changed, on_calendar_changed, on_timetable_changed
from coverplans.services.upkeep import expire_offers
from schools.access.caller import Own, register_person_finder
from schools.events import calendar_changed, district_created
from schools.models import User
from schools.outbox.announce import register_nudge
from schools.outbox.channels import register_channel
from schools.outbox.duties import register_duty
from schools.services.password_link import password_link_mails
from schools.services.upkeep import extend_calendars, forget_old_answers
from schools.services.users import PASSWORD_LINK
from staffing.hooks import timetable_changed
from staffing.selectors.people import person_of

from .nudge import nudge


def connect() -> None:
    """Called once when the apps are ready."""
    register_person_finder(_own)
    register_channel(PASSWORD_LINK, password_link_mails)
    for topic, mails in COVER_MAILS.items():
        register_channel(topic, mails)
    register_duty("expire offers", expire_offers)
    register_duty("continue calendars", extend_calendars, every=dt.timedelta(hours=6))
    register_duty("forget old answers", forget_old_answers, every=dt.timedelta(hours=1))
    if settings.REDIS_URL:
        register_nudge(nudge)
    register_need_counter(count_needs)
    district_created.connect(make_default_reasons)
    absence_changed.connect(on_absence_changed)
    # Absences first: the needs are worked out from their days.
    timetable_changed.connect(absences.on_timetable_changed)
    timetable_changed.connect(on_timetable_changed)
    calendar_changed.connect(absences.on_calendar_changed)
    calendar_changed.connect(on_calendar_changed)


def _own(user: User) -> Own:
    """The person a login is, with the schools of their posts, bookings and offers. Two queries."""
    own = person_of(user)
    if own.person_id is None:
        return own
    booked = schools_with_bookings_of(own.person_id)
    return replace(own, school_ids=tuple(sorted({*own.school_ids, *booked})))
