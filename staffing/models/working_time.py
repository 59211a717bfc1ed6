"""When a post is on site, and which of that time is never used for cover."""

from django.db import models
from django.db.models import F, Q

from schools.models import Period
from schools.models.fields import choice, one_of
from schools.tenancy.owned import SchoolOwned, TenantKey
from schools.tenancy.wall import Wall

from .person import OWN_POSTS, Post


class WorkingHours(SchoolOwned):
    """A stretch of a weekday (Monday = 0) on which the post is on site, in local time."""

    wall = Wall("school", within_self=OWN_POSTS)
    post = TenantKey(Post, models.CASCADE, related_name="working_hours")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "weekday", "starts"], name="workinghours_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="workinghours_ends_after_start"),
        ]
        verbose_name_plural = "working hours"

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"


class Protection(models.TextChoices):
    PLANNING = "planning", "planning time"
    LUNCH = "lunch", "lunch"
    FREE = "free", "contractual free time"


class ProtectedPeriod(SchoolOwned):
    """Time of a post that is never used for cover, whoever is out."""

    wall = Wall("school", within_self=OWN_POSTS)
    post = TenantKey(Post, models.CASCADE, related_name="protected_periods")
    period = TenantKey(Period, models.CASCADE, related_name="+")
    kind = choice(Protection, default=Protection.PLANNING)

    class Meta:
        constraints = [
            one_of("protectedperiod", "kind", Protection),
            models.UniqueConstraint(fields=["post", "period"], name="protectedperiod_once"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
