"""Versions of a school's plan for a day, and what the planner can say about each need."""

from django.db import models
from django.db.models import Q

from schools.models.fields import choice, one_of
from schools.tenancy.owned import Public, SchoolOwned, TenantKey
from schools.tenancy.wall import Wall

from .need import CoverNeed


class PlanState(models.TextChoices):
    DRAFT = "draft", "draft"
    PUBLISHED = "published", "published"
    SUPERSEDED = "superseded", "superseded"
    DISCARDED = "discarded", "discarded"


class CoverPlan(Public, SchoolOwned):
    """One row is one version for (school, date): at most one draft and one published.

    `tiers` holds name, value, bound and gap per tier; `problem` the planner's compressed input, from which any "why not" is
    recomputed exactly; `input_hash` tells whether the day has changed since.
    """

    wall = Wall("school", within_self="FALSE")
    date = models.DateField()
    version = models.PositiveIntegerField()
    state = choice(PlanState, default=PlanState.DRAFT)
    made_by = TenantKey("schools.User", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    published_by = TenantKey("schools.User", models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    is_proven = models.BooleanField(default=False)
    tiers = models.JSONField(default=list)
    measures = models.JSONField(default=dict, help_text="how many needs are covered by which kind")
    input_hash = models.CharField(max_length=64, blank=True)
    solver = models.CharField(max_length=60, blank=True)
    seed = models.IntegerField(default=0)
    solve_seconds = models.FloatField(null=True, blank=True)
    problem = models.BinaryField(null=True, blank=True)
    result = models.BinaryField(null=True, blank=True, help_text="the planner's answer, compressed")

    class Meta:
        constraints = [
            one_of("coverplan", "state", PlanState),
            models.UniqueConstraint(fields=["school", "date", "version"], name="coverplan_version_once"),
            models.UniqueConstraint(
                fields=["school", "date"], condition=Q(state="draft"), name="coverplan_one_draft"
            ),
            models.UniqueConstraint(
                fields=["school", "date"], condition=Q(state="published"), name="coverplan_one_published"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} v{self.version}"


class Explanation(SchoolOwned):
    """What the planner can say about one need in one version: the chosen person's terms, the five best alternatives with an
    "at least" cost, and which rules exclude whom of the school's own staff."""

    wall = Wall("school", within_self="FALSE")
    plan = TenantKey(CoverPlan, models.CASCADE, related_name="explanations", db_index=False)
    need = TenantKey(CoverNeed, models.CASCADE, related_name="explanations")
    chosen = models.JSONField(default=dict)
    alternatives = models.JSONField(default=list)
    excluded = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "need"], name="explanation_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.need_id}"
