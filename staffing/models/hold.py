"""Busy time of a person, district-wide, without school or reason."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from schools.models.fields import choice, one_of
from schools.tenancy.owned import DistrictOwned, TenantKey
from schools.tenancy.wall import Wall

from .person import Person


class HoldKind(models.TextChoices):
    ASSIGNMENT = "assignment", "covers a lesson"
    BOOKING = "booking", "is booked"
    UNAVAILABLE = "unavailable", "is absent"


class PersonHold(DistrictOwned):
    """What every school's planner may see of a person, and where double booking is impossible.

    Ranges are half-open. `owner` is the uuid of the absence, assignment or booking behind it: meaningless to whoever cannot
    see that row. The exclusion constraint needs no extension: the person is compared as a range of one number.
    """

    wall = Wall("district", within_self="{person_id} = {:person}")
    person = TenantKey(Person, models.CASCADE, related_name="holds", db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = choice(HoldKind)
    owner = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [
            one_of("personhold", "kind", HoldKind),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="personhold_ends_after_start"
            ),
            ExclusionConstraint(
                name="personhold_one_place_at_a_time",
                expressions=[
                    (
                        Func(
                            F("person"),
                            F("person"),
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            F("starts_at"),
                            F("ends_at"),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(kind__in=["assignment", "booking"]),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "starts_at"], name="personhold_by_person"),
            models.Index(fields=["district", "starts_at"], name="personhold_by_time"),
            models.Index(fields=["owner"], name="personhold_by_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%Y-%m-%d %H:%M}"
