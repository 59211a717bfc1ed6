"""Bookings and the invitations to them. They are made by planning and publishing, and answered by the substitutes."""

from django.contrib import admin

from coverplans.models import Booking, Offer
from schools.admin.base import ReadOnlyAdmin


@admin.register(Booking)
class BookingAdmin(ReadOnlyAdmin[Booking]):
    """Half and whole days of substitutes."""

    list_display = ("date", "school", "person", "part", "state", "cost_cents")
    list_filter = ("state", "part", "date", "school")
    list_select_related = ("school", "person")
    ordering = ("-date", "-pk")
    fields = (
        "school",
        "person",
        "date",
        "part",
        "starts_at",
        "ends_at",
        "cost_cents",
        "state",
        "answered_at",
    )


@admin.register(Offer)
class OfferAdmin(ReadOnlyAdmin[Offer]):
    """Who was asked, and what they said."""

    list_display = ("booking", "school", "person", "tier", "state", "sent_at", "expires_at", "answered_at")
    list_filter = ("state", "school")
    list_select_related = ("school", "booking", "person")
    ordering = ("-pk",)
    fields = ("school", "booking", "person", "tier", "state", "sent_at", "expires_at", "answered_at")
