"""In which schools a person is or was booked."""

from coverplans.models import Booking, Offer


def schools_with_bookings_of(person_id: int) -> frozenset[int]:
    """The schools of a person's bookings and offers. One query, in a district door."""
    booked = Booking.objects.filter(person_id=person_id).order_by().values_list("school_id", flat=True)
    offered = Offer.objects.filter(person_id=person_id).order_by().values_list("school_id", flat=True)
    return frozenset(booked.union(offered))
