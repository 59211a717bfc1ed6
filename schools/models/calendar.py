"""When a school is open, which day of its cycle it is, and when the bell rings."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from schools.tenancy.owned import Public, SchoolOwned, TenantKey

from .fields import choice, one_of


class Term(SchoolOwned):
    """A stretch of school. Caps and fairness are counted per term; both dates are inclusive."""

    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="term_name_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="term_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name


class Closure(Public, SchoolOwned):
    """Days without school. Reinstating keeps the row and opens the days again."""

    name = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    reinstated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="closure_ends_after_start")
        ]
        indexes = [models.Index(fields=["school", "starts_on"], name="closure_by_school")]

    def __str__(self) -> str:
        return self.name


class RotationKind(models.TextChoices):
    WEEKLY = "weekly", "the same weekdays each week"
    ROTATING = "rotating", "days rotate over the open days"


class Rotation(SchoolOwned):
    """How dates become cycle days from a date on. Weekdays count from Monday = 0; two `weeks` are A and B."""

    effective_from = models.DateField()
    kind = choice(RotationKind)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), help_text="school days of the week, in the order of the cycle"
    )
    weeks = models.PositiveSmallIntegerField(default=1)
    cycle_days = models.PositiveSmallIntegerField()
    anchor = models.DateField(help_text="a date in week A, or a date that is cycle day 1")
    day_names = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        constraints = [
            one_of("rotation", "kind", RotationKind),
            models.UniqueConstraint(fields=["school", "effective_from"], name="rotation_once_per_date"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.effective_from}"


class CalendarDay(SchoolOwned):
    """One materialised date of a school. A later closure closes it and never renumbers the days after it."""

    date = models.DateField()
    is_open = models.BooleanField()
    cycle_day = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="1-based; kept while the day is closed"
    )
    bell_variant = models.CharField(
        max_length=24, blank=True, help_text="which variant of the bells rings; empty: the usual one"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "date"], name="calendarday_once")]

    def __str__(self) -> str:
        return str(self.date)


class BellSchedule(SchoolOwned):
    """Named periods. A school may run several at once: `code` is empty for the main one."""

    code = models.CharField(max_length=24, blank=True)
    variant = models.CharField(max_length=24, blank=True)
    name = models.CharField(max_length=80)
    effective_from = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "code", "variant", "effective_from"], name="bellschedule_once_per_date"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Period(SchoolOwned):
    """One named stretch of a cycle day, in the school's local time."""

    bell = TenantKey(BellSchedule, models.CASCADE, related_name="periods")
    cycle_day = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bell", "cycle_day", "number"], name="period_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="period_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name
