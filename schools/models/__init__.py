"""The tenant and what every school has: people who sign in, roles, settings, the calendar, the record of what was done."""

from .audit import AuditEntry
from .calendar import BellSchedule, CalendarDay, Closure, Period, Rotation, Term
from .district import District, School
from .idempotency import IdempotencyRecord
from .membership import Membership
from .outbox import OutboxMessage
from .setting import Setting
from .user import User

__all__ = [
    "AuditEntry",
    "BellSchedule",
    "CalendarDay",
    "Closure",
    "District",
    "IdempotencyRecord",
    "Membership",
    "OutboxMessage",
    "Period",
    "Rotation",
    "School",
    "Setting",
    "Term",
    "User",
]
