"""Mails about lessons somebody covers, or covers no longer."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from absences.words import day_text
from coverplans.models import Assignment, AssignmentState, BookingState, Offer, OfferState
from schools.outbox.channels import Notice
from schools.outbox.email import Mail, link_to

from .lessons import lesson_lines
from .writing import mails_to_person, person_of, school_of

_OVER = (BookingState.CANCELLED, BookingState.DECLINED)


def assigned_mails(notice: Notice) -> list[Mail]:
    """To a colleague: the lessons they cover now."""
    rows = [row for row in _lessons(notice) if row.state == AssignmentState.CONFIRMED]
    return _mails(notice, rows, "assigned")


def withdrawn_mails(notice: Notice) -> list[Mail]:
    """To a colleague or substitute: the lessons they need not cover any more."""
    taken_back = (AssignmentState.ENDED, AssignmentState.PROPOSED)
    rows = [row for row in _lessons(notice) if row.state in taken_back and _is_news(row)]
    whole_job = bool(rows) and all(row.booking and row.booking.state in _OVER for row in rows)
    return _mails(notice, rows, "cancelled" if whole_job else "withdrawn")


def _lessons(notice: Notice) -> list[Assignment]:
    """The assignments of the message whose lesson is not over."""
    rows = Assignment.objects.filter(
        uuid__in=notice.payload["assignments"],
        person_id=notice.payload["person"],
        ends_at__gt=timezone.now(),
    )
    return list(rows.select_related("need", "booking").order_by("starts_at", "id"))


def _is_news(row: Assignment) -> bool:
    """False for a substitute who let the job go, and for all lessons but the first of a job that was cancelled: that is
    one piece of news. True whenever the booking stands."""
    if row.booking is None or row.booking.state not in _OVER:
        return True
    offer = Offer.objects.filter(booking=row.booking).order_by("-id").first()
    if offer is None or offer.state in (OfferState.DECLINED, OfferState.EXPIRED):
        return False
    first = Assignment.objects.filter(booking=row.booking).order_by("id").first()
    return first is not None and first.pk == row.pk


def _mails(notice: Notice, rows: list[Assignment], template: str) -> list[Mail]:
    person, school = person_of(notice), school_of(notice)
    if not rows or person is None:
        return []
    context = {
        "school": school.name,
        "day": day_text(dt.date.fromisoformat(notice.payload["date"])),
        "lessons": lesson_lines(rows, school.zone),
        "link": link_to(reverse("my-cover")),
    }
    return mails_to_person(notice, person, template, context, about=rows[0])
