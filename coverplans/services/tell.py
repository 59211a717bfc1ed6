"""Notices about cover: one message per person whose day changed, and none to anybody else."""

from coverplans.models import Assignment, Booking
from schools.outbox.announce import announce


def tell_person(*, school_id: int, district_id: int, assignment: Assignment, topic: str) -> None:
    """Put a notice about one assignment into the outbox. Topics: `cover.assigned`, `cover.withdrawn`."""
    announce(
        topic,
        district_id=district_id,
        school_id=school_id,
        payload={
            "person": assignment.person_id,
            "assignments": [str(assignment.uuid)],
            "date": assignment.date.isoformat(),
        },
    )


def tell_people(*, assignments: list[Assignment], topic: str, version: int) -> None:
    """One notice per person about all their assignments in this list."""
    by_person: dict[int, list[Assignment]] = {}
    for row in assignments:
        if row.person_id is not None:
            by_person.setdefault(row.person_id, []).append(row)
    for person_id, rows in sorted(by_person.items()):
        first = rows[0]
        announce(
            topic,
            district_id=first.district_id,
            school_id=first.school_id,
            payload={
                "person": person_id,
                "assignments": [str(row.uuid) for row in rows],
                "date": first.date.isoformat(),
                "version": version,
            },
        )


def tell_offer(*, booking: Booking) -> None:
    """A job offer for the person of a booking."""
    announce(
        "booking.offered",
        district_id=booking.district_id,
        school_id=booking.school_id,
        payload={"person": booking.person_id, "booking": str(booking.uuid), "date": booking.date.isoformat()},
    )
