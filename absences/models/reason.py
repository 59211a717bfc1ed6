"""The reasons a district knows."""

from django.db import models

from schools.models.fields import choice, one_of
from schools.tenancy.owned import DistrictOwned


class ReasonCategory(models.TextChoices):
    SICKNESS = "sickness", "Sickness"
    TRAINING = "training", "Training"
    PERSONAL = "personal", "Personal"
    OTHER = "other", "Other"


class AbsenceReason(DistrictOwned):
    """A reason with its rules. A sensitive one is health data: shown only to roles that need it, and the read is logged."""

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    category = choice(ReasonCategory)
    needs_approval = models.BooleanField(
        default=False, help_text="an absence with it waits for an approver before it has needs"
    )
    hits_balance = models.BooleanField(default=False, help_text="counts against the person's leave balance")
    is_sensitive = models.BooleanField(
        default=False, help_text="health data: hidden from everybody who does not need it"
    )
    is_active = models.BooleanField(default=True, help_text="offered in forms")
    rank = models.PositiveSmallIntegerField(default=10, help_text="order in forms, lowest first")

    class Meta:
        constraints = [
            one_of("absencereason", "category", ReasonCategory),
            models.UniqueConstraint(fields=["district", "code"], name="absencereason_code_once"),
        ]

    def __str__(self) -> str:
        return self.name
