"""A substitute's jobs. See templates/coverplans/_job.html and offers.html."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from absences.words import moment_text
from coverplans.models import Assignment, AssignmentState, Booking, BookingPart, Offer, OfferState
from schools.models import School
from schools.selectors.calendar import today_at
from schools.selectors.settings import settings_of_each
from schools.settings_registry import CURRENCY

from .texts import span_text

OVER_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class JobLesson:
    when: str
    sections: str
    subject: str
    room: str


@dataclass(frozen=True, slots=True)
class JobWork:
    """What a class does while its teacher is away; only after accepting."""

    sections: str
    text: str


@dataclass(frozen=True, slots=True)
class Job:
    """One offer. `held_until` while it can be answered, `phone` and `work` once it was accepted; "" and () otherwise."""

    id: str
    state: str
    date: dt.date
    when: str
    school_name: str
    pay: str
    lessons: tuple[JobLesson, ...]
    held_until: str
    phone: str
    work: tuple[JobWork, ...]


@dataclass(frozen=True, slots=True)
class Jobs:
    waiting: tuple[Job, ...]
    agreed: tuple[Job, ...]
    over: tuple[Job, ...]


def read_jobs(*, person_id: int | None, now: dt.datetime) -> Jobs:
    """Every offer to the person: what waits for an answer, what is agreed, what is over. Three queries."""
    if person_id is None:
        return Jobs((), (), ())
    rows = Offer.objects.filter(person_id=person_id).select_related("booking__school")
    offers = list(rows.order_by("booking__date", "booking__starts_at", "id"))
    jobs = _jobs(offers, now)
    over = [job for offer, job in zip(offers, jobs, strict=True) if _is_over(offer, job, now)]
    return Jobs(
        waiting=tuple(job for job in jobs if job.state == OfferState.SENT),
        agreed=tuple(job for job in jobs if job.state == OfferState.ACCEPTED and job not in over),
        over=tuple(reversed(over))[:OVER_AT_MOST],
    )


def read_job(*, offer: Offer, now: dt.datetime) -> Job:
    """One offer, read with its booking and school. Two queries."""
    return _jobs([offer], now)[0]


def _is_over(offer: Offer, job: Job, now: dt.datetime) -> bool:
    if job.state == OfferState.ACCEPTED:
        return job.date < today_at(offer.booking.school, now)
    return job.state != OfferState.SENT


def _jobs(offers: list[Offer], now: dt.datetime) -> list[Job]:
    schools = {offer.booking.school_id: offer.booking.school for offer in offers}
    settings = settings_of_each(schools.values())
    lessons = _lessons(offer.booking for offer in offers)
    return [
        _job(offer, lessons[offer.booking_id], settings[offer.booking.school_id][CURRENCY], now)
        for offer in offers
    ]


def _job(offer: Offer, rows: list[Assignment], currency: str, now: dt.datetime) -> Job:
    booking, school = offer.booking, offer.booking.school
    state = OfferState.EXPIRED if offer.state == OfferState.SENT and offer.expires_at < now else offer.state
    accepted = state == OfferState.ACCEPTED
    return Job(
        id=str(offer.uuid),
        state=str(state),
        date=booking.date,
        when=span_text(booking.starts_at, booking.ends_at, school.zone),
        school_name=school.name,
        pay=f"{_part(booking)}, {booking.cost_cents / 100:.2f} {currency}",
        lessons=tuple(_lesson(row, school) for row in rows),
        held_until=moment_text(offer.expires_at, school.zone, today_at(school, now))
        if state == OfferState.SENT
        else "",
        phone=school.phone if accepted else "",
        work=_work(rows) if accepted else (),
    )


def _part(booking: Booking) -> str:
    return "whole day" if booking.part == BookingPart.DAY else f"half day, {booking.get_part_display()}"


def _lesson(row: Assignment, school: School) -> JobLesson:
    need = row.need
    return JobLesson(
        span_text(row.starts_at, row.ends_at, school.zone),
        need.sections,
        need.subject or need.kind.capitalize(),
        need.room,
    )


def _work(rows: list[Assignment]) -> tuple[JobWork, ...]:
    left = [(row.need.sections, row.need.absence_day) for row in rows]
    return tuple(
        JobWork(sections, day.absence.note_for_cover)
        for sections, day in left
        if day and day.absence.note_for_cover
    )


def _lessons(bookings: Iterable[Booking]) -> dict[int, list[Assignment]]:
    """Booking → the lessons in it. One query."""
    rows = Assignment.objects.filter(booking__in=[booking.pk for booking in bookings])
    rows = rows.exclude(state__in=[AssignmentState.ENDED, AssignmentState.PROPOSED])
    found: dict[int, list[Assignment]] = defaultdict(list)
    for row in rows.select_related("need__absence_day__absence").order_by("starts_at", "id"):
        if row.booking_id is not None:
            found[row.booking_id].append(row)
    return found
