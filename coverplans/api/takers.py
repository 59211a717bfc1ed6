"""`assignments`, `bookings` and `offers`."""

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from coverplans.models import Assignment, Booking, Offer
from coverplans.selectors.visible import visible_assignments, visible_bookings
from coverplans.services.offers import accept_offer, decline_offer
from schools.access.doors import Door
from schools.api.base import ReadViewSet

from .base import VisibleViewSet
from .filters import AssignmentFilters, BookingFilters, OfferFilters
from .rows import AssignmentSerializer, BookingSerializer, OfferSerializer


class AssignmentViewSet(VisibleViewSet[Assignment]):
    """Who takes which lesson. Teachers and substitutes see their own, once published."""

    door = Door("mine", {"list": "assignment.read", "retrieve": "assignment.read"})
    model = Assignment
    related = ("school", "need", "person", "booking", "into_lesson")
    serializer_class = AssignmentSerializer
    filterset_class = AssignmentFilters

    def visible(self, rows: "QuerySet[Assignment]") -> "QuerySet[Assignment]":
        return visible_assignments(rows)


class BookingViewSet(VisibleViewSet[Booking]):
    """Half and whole days of substitutes. A substitute sees their own, once offered."""

    door = Door("mine", {"list": "booking.read", "retrieve": "booking.read"})
    model = Booking
    related = ("school", "person")
    serializer_class = BookingSerializer
    filterset_class = BookingFilters

    def visible(self, rows: "QuerySet[Booking]") -> "QuerySet[Booking]":
        return visible_bookings(rows)


class OfferViewSet(ReadViewSet[Offer]):
    """Invitations to bookings. A substitute sees and answers their own."""

    door = Door(
        "mine",
        {
            "list": "offer.read",
            "retrieve": "offer.read",
            "accept": "offer.answer",
            "decline": "offer.answer",
        },
    )
    model = Offer
    related = ("school", "person", "booking__school")
    serializer_class = OfferSerializer
    filterset_class = OfferFilters

    @extend_schema(request=None, responses=OfferSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, id: str) -> Response:
        """Take the job. Accepting again is fine; what is not open any more is a 409."""
        offer = accept_offer(offer=self.get_object(), actor=self.user, now=timezone.now())
        return Response(OfferSerializer(offer).data)

    @extend_schema(request=None, responses=OfferSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, id: str) -> Response:
        """Turn the job down: its lessons are open again."""
        offer = decline_offer(offer=self.get_object(), actor=self.user, now=timezone.now())
        return Response(OfferSerializer(offer).data)
