"""Notices and events that leave the system, written in the transaction that caused them."""

from django.db import models
from django.db.models import Q

from schools.tenancy.owned import DistrictOwned, Public, TenantKey
from schools.tenancy.wall import Wall

from .fields import choice, one_of


class OutboxState(models.TextChoices):
    PENDING = "pending", "waiting"
    SENT = "sent", "sent"
    DEAD = "dead", "given up"


class OutboxMessage(Public, DistrictOwned):
    """The row is the job: delivered at least once, with `uuid` as the id by which a receiver recognises a repeat."""

    wall = Wall("mixed", within_self="FALSE")
    school = TenantKey(
        "schools.School", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    topic = models.CharField(max_length=80, help_text="what happened, e.g. `plan.published`")
    payload = models.JSONField(help_text="ids only: no names, no reasons, no notes")
    once = models.CharField(
        max_length=200, blank=True, help_text="a second message with the same text is not written"
    )
    state = choice(OutboxState, default=OutboxState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [
            one_of("outboxmessage", "state", OutboxState),
            models.UniqueConstraint(
                fields=["district", "once"], condition=~Q(once=""), name="outboxmessage_once"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="pending"), name="outboxmessage_due"),
            models.Index(fields=["school", "-created_at"], name="outboxmessage_by_school"),
        ]

    def __str__(self) -> str:
        return self.topic
