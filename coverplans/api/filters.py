"""The filters of needs, plans, assignments, bookings and offers."""

import django_filters

from coverplans.models import AssignmentState, BookingState, NeedState, OfferState, PlanState
from schools.api.filters import InSchool, Named, OnDates, one_state
from staffing.models import Person


class NeedFilters(OnDates):
    """`school state date date_from date_to person`; the person is who is absent."""

    state = one_state(NeedState)
    person = Named(Person, field_name="post__person_id", help_text="the id of who is absent")


class PlanFilters(OnDates):
    """`school state date date_from date_to`."""

    state = one_state(PlanState)


class AssignmentFilters(OnDates):
    """`school state date date_from date_to person`; the person is who covers."""

    state = one_state(AssignmentState)
    person = Named(Person, field_name="person_id", help_text="the id of who covers")


class BookingFilters(OnDates):
    """`school state date date_from date_to person`."""

    state = one_state(BookingState)
    person = Named(Person, field_name="person_id", help_text="the id of who is booked")


class OfferFilters(InSchool):
    """`school state date date_from date_to person`; the dates are those of the booking."""

    state = one_state(OfferState)
    person = Named(Person, field_name="person_id", help_text="the id of who was asked")
    date = django_filters.DateFilter(field_name="booking__date", help_text="YYYY-MM-DD")
    date_from = django_filters.DateFilter(
        field_name="booking__date", lookup_expr="gte", help_text="from this date on"
    )
    date_to = django_filters.DateFilter(
        field_name="booking__date", lookup_expr="lte", help_text="up to this date"
    )
