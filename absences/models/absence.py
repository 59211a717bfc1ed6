"""A post's absence and its days."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from schools.models.fields import choice, one_of
from schools.tenancy.owned import Public, SchoolOwned, TenantKey
from schools.tenancy.wall import Wall
from staffing.models import Post
from staffing.models.person import OWN_POSTS

from .reason import AbsenceReason


class AbsenceState(models.TextChoices):
    PENDING = "pending", "waiting for approval"
    ACTIVE = "active", "reported"
    DECLINED = "declined", "declined"
    CANCELLED = "cancelled", "cancelled"


class Absence(Public, SchoolOwned):
    """One post away from one date to another, both inclusive. Only an active absence has cover needs.

    One report by a person with several posts makes one absence per post, joined by `report`. The reason and the note for the
    office are health data and never leave the roles that need them.
    """

    wall = Wall("school", within_self=OWN_POSTS)
    post = TenantKey(Post, models.PROTECT, related_name="absences", db_index=False)
    report = models.UUIDField(default=uuid.uuid4, db_index=True)
    reason = TenantKey(AbsenceReason, models.PROTECT, related_name="+", db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = choice(AbsenceState)
    note_for_cover = models.TextField(blank=True)
    note_for_office = models.TextField(blank=True)
    reported_by = TenantKey("schools.User", models.PROTECT, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField()
    decided_by = TenantKey("schools.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("absence", "state", AbsenceState),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_start"),
        ]
        indexes = [
            models.Index(fields=["school", "starts_on", "ends_on"], name="absence_by_school"),
            models.Index(fields=["post", "starts_on"], name="absence_by_post"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class DayKind(models.TextChoices):
    WHOLE = "whole", "all day"
    TIMES = "times", "from … to …"
    PERIODS = "periods", "chosen periods"


class AbsenceDay(SchoolOwned):
    """One date of an absence: the whole day, a stretch of it in local time, or chosen period numbers.

    `starts_at` and `ends_at` are the half-open stretch in which the person is away, computed once in the school's zone; for
    chosen periods they reach from the first to the last.
    """

    wall = Wall("school", within_self=OWN_POSTS)
    absence = TenantKey(Absence, models.CASCADE, related_name="days", db_index=False)
    post = TenantKey(Post, models.PROTECT, related_name="absence_days", db_index=False)
    date = models.DateField()
    kind = choice(DayKind)
    start_time = models.TimeField(null=True, blank=True)
    end_time = models.TimeField(null=True, blank=True)
    periods = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("absenceday", "kind", DayKind),
            models.UniqueConstraint(fields=["absence", "date"], name="absenceday_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="absenceday_ends_after_start"
            ),
        ]
        indexes = [
            models.Index(fields=["school", "date"], name="absenceday_by_school"),
            models.Index(fields=["post", "date"], name="absenceday_by_post"),
        ]

    def __str__(self) -> str:
        return str(self.date)
