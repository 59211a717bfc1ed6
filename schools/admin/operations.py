"""What was done, and what left or waits to leave."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from schools.models import AuditEntry, OutboxMessage
from schools.services.outbox import send_again

from .base import ReadOnlyAdmin, actor_of, caller_of


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin[AuditEntry]):
    """Who did what to which row, when and why."""

    list_display = ("at", "action", "actor", "school", "object_type", "object_id", "reason")
    list_select_related = ("actor", "school")
    search_fields = ("action__exact",)
    search_help_text = "an action, for example absence.report"
    ordering = ("-at", "-pk")


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnlyAdmin[OutboxMessage]):
    """Notices and events: what they are about, whether they left, and what was in the way."""

    list_display = ("created_at", "topic", "school", "state", "attempts", "due_at", "sent_at", "last_error")
    list_filter = ("state",)
    list_select_related = ("school",)
    search_fields = ("topic__exact",)
    search_help_text = "a topic, for example cover.assigned"
    ordering = ("-created_at", "-pk")
    actions = ("try_again",)

    def has_send_permission(self, request: HttpRequest) -> bool:
        """Sending again changes no notice, but it is the administrators' to do."""
        return caller_of(request).may("office.change")

    @admin.action(description="Send again", permissions=["send"])
    def try_again(self, request: HttpRequest, messages: "QuerySet[OutboxMessage]") -> None:
        for message in messages:
            send_again(message=message, actor=actor_of(request))
        self.message_user(request, "They leave with the next round.")
