"""What the office can do about messages."""

from django.utils import timezone

from schools.models import OutboxMessage, User
from schools.models.outbox import OutboxState
from schools.services.audit import record


def send_again(*, message: OutboxMessage, actor: User | None) -> None:
    """Try a message again from the start, also one that was given up or sent already."""
    message = OutboxMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
    before = message.state
    message.state, message.attempts, message.due_at = OutboxState.PENDING, 0, timezone.now()
    message.save(update_fields=["state", "attempts", "due_at"])
    record(
        action="outbox.send_again",
        subject=message,
        actor=actor,
        changes={"state": (before, OutboxState.PENDING.value)},
    )
