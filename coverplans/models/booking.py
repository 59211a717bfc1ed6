"""Half and whole days of one person at one school, and the invitations to them."""

from django.db import models
from django.db.models import F, Q

from schools.models.fields import choice, one_of
from schools.tenancy.owned import Public, SchoolOwned, TenantKey
from schools.tenancy.wall import Wall
from staffing.models import Person, PersonHold

_OWN = "{person_id} = {:person}"


class BookingPart(models.TextChoices):
    MORNING = "am", "morning"
    AFTERNOON = "pm", "afternoon"
    DAY = "day", "whole day"


class BookingState(models.TextChoices):
    PROPOSED = "proposed", "planned"
    OFFERED = "offered", "awaiting an answer"
    ACCEPTED = "accepted", "accepted"
    WORKED = "worked", "worked"
    VERIFIED = "verified", "verified"
    DECLINED = "declined", "declined"
    CANCELLED = "cancelled", "cancelled"
    NO_SHOW = "no_show", "did not come"


HOLDING = ("offered", "accepted", "worked", "verified")


class Booking(Public, SchoolOwned):
    """A half or whole day. While it is offered, accepted or worked it owns a hold: no other school can book the person then."""

    wall = Wall("school", within_self=_OWN)
    person = TenantKey(Person, models.PROTECT, related_name="bookings")
    date = models.DateField()
    part = choice(BookingPart)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cost_cents = models.PositiveIntegerField()
    state = choice(BookingState, default=BookingState.PROPOSED)
    hold = TenantKey(PersonHold, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("booking", "state", BookingState),
            one_of("booking", "part", BookingPart),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(state__in=HOLDING) | Q(hold__isnull=False), name="booking_active_owns_a_hold"
            ),
        ]
        indexes = [models.Index(fields=["school", "date", "state"], name="booking_by_school")]

    def __str__(self) -> str:
        return f"{self.date} {self.get_part_display()}"


class OfferState(models.TextChoices):
    SENT = "sent", "waiting for an answer"
    ACCEPTED = "accepted", "accepted"
    DECLINED = "declined", "declined"
    EXPIRED = "expired", "expired"
    WITHDRAWN = "withdrawn", "withdrawn"


class Offer(Public, SchoolOwned):
    """The invitation of one person to one booking; kept with its outcome."""

    wall = Wall("school", within_self=_OWN)
    booking = TenantKey(Booking, models.CASCADE, related_name="offers")
    person = TenantKey(Person, models.PROTECT, related_name="offers")
    tier = models.PositiveSmallIntegerField(default=1)
    state = choice(OfferState, default=OfferState.SENT)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("offer", "state", OfferState),
            models.UniqueConstraint(
                fields=["booking"], condition=Q(state__in=["sent", "accepted"]), name="offer_one_live"
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], condition=Q(state="sent"), name="offer_due")]

    def __str__(self) -> str:
        return self.get_state_display()
