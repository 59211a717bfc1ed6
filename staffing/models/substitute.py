"""The district's pool: who can be booked, for what, when, where and at what price."""

from django.db import models
from django.db.models import F, Q

from schools.models.fields import choice, one_of
from schools.tenancy.owned import DistrictOwned, Public, SchoolOwned, TenantKey, TenantOneToOne
from schools.tenancy.wall import Wall

from .person import Person

_OWN = "{person_id} = {:person}"


class SubstituteProfile(Public, DistrictOwned):
    """A person in the district pool. Rates are in cents of the district's currency; both dates are inclusive."""

    wall = Wall("district", within_self=_OWN)
    person = TenantOneToOne(Person, models.PROTECT, related_name="substitute_profile")
    half_day_cents = models.PositiveIntegerField()
    day_cents = models.PositiveIntegerField()
    max_half_days_a_week = models.PositiveSmallIntegerField(default=10)
    active_from = models.DateField()
    active_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(active_until__isnull=True) | Q(active_until__gte=F("active_from")),
                name="substitute_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class CredentialKind(models.TextChoices):
    LICENCE = "licence", "Licence"
    SUBJECT = "subject", "Subject qualification"
    CLEARANCE = "clearance", "Clearance"


class Credential(Public, DistrictOwned):
    """What a person is licensed, qualified or cleared for. It is checked against the lesson's date."""

    wall = Wall("district", within_self=_OWN)
    person = TenantKey(Person, models.PROTECT, related_name="credentials")
    kind = choice(CredentialKind)
    code = models.CharField(max_length=80, help_text="for a subject qualification, the subject's name")
    valid_from = models.DateField()
    expires_on = models.DateField(null=True, blank=True, help_text="the last day on which it is valid")

    class Meta:
        constraints = [
            one_of("credential", "kind", CredentialKind),
            models.UniqueConstraint(fields=["person", "kind", "code", "valid_from"], name="credential_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Availability(DistrictOwned):
    """When a substitute can work: each week on a weekday (Monday = 0), or on one date, which then counts alone."""

    wall = Wall("district", within_self=_OWN)
    person = TenantKey(Person, models.CASCADE, related_name="availability")
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    date = models.DateField(null=True, blank=True)
    starts = models.TimeField()
    ends = models.TimeField()
    is_available = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__isnull=True, date__isnull=False)
                | Q(weekday__isnull=False, date__isnull=True),
                name="availability_weekly_or_dated",
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="availability_ends_after_start"),
        ]
        verbose_name_plural = "availabilities"

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"


class Side(models.TextChoices):
    SCHOOL = "school", "the school's wish"
    PERSON = "person", "the substitute's wish"


class Wish(models.TextChoices):
    PREFERRED = "preferred", "preferred"
    EXCLUDED = "excluded", "excluded"


class Preference(SchoolOwned):
    """What a school wants of a substitute or a substitute of a school. Rank 1 is the strongest preference."""

    wall = Wall("school", within_self="{person_id} = {:person} AND {side} = 'person'")
    person = TenantKey(Person, models.CASCADE, related_name="preferences")
    side = choice(Side)
    wish = choice(Wish)
    rank = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("preference", "side", Side),
            one_of("preference", "wish", Wish),
            models.UniqueConstraint(fields=["school", "person", "side"], name="preference_once_per_side"),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.wish}"
