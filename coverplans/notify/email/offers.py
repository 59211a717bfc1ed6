"""Mails with job offers."""

from django.urls import reverse
from django.utils import timezone

from absences.words import day_text, moment_text
from coverplans.models import Assignment, AssignmentState, Offer, OfferState
from coverplans.selectors.texts import span_text
from schools.outbox.channels import Notice
from schools.outbox.email import Mail, link_to
from schools.selectors.calendar import today_at

from .lessons import lesson_lines
from .writing import mails_to_person, person_of, school_of


def offered_mails(notice: Notice) -> list[Mail]:
    """To a substitute: a job that still waits for an answer."""
    now = timezone.now()
    offer = (
        Offer.objects.filter(
            booking__uuid=notice.payload["booking"], state=OfferState.SENT, expires_at__gt=now
        )
        .select_related("booking")
        .first()
    )
    person, school = person_of(notice), school_of(notice)
    if offer is None or person is None:
        return []
    booking, zone = offer.booking, school.zone
    rows = Assignment.objects.filter(booking=booking).exclude(state=AssignmentState.ENDED)
    context = {
        "school": school.name,
        "phone": school.phone,
        "day": day_text(booking.date),
        "when": span_text(booking.starts_at, booking.ends_at, zone),
        "lessons": lesson_lines(rows.select_related("need"), zone),
        "until": moment_text(offer.expires_at, zone, today_at(school, now)),
        "link": link_to(reverse("offer-detail", kwargs={"offer": offer.uuid})),
    }
    return mails_to_person(notice, person, "offered", context, about=offer)
