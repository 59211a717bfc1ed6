"""The office's pages of the tenant itself."""

from .calendar import CalendarDayAdmin, ClosureAdmin, RotationAdmin, TermAdmin
from .operations import AuditEntryAdmin, OutboxMessageAdmin
from .schools import SchoolAdmin, SettingAdmin
from .users import MembershipAdmin, UserAdmin

__all__ = [
    "AuditEntryAdmin",
    "CalendarDayAdmin",
    "ClosureAdmin",
    "MembershipAdmin",
    "OutboxMessageAdmin",
    "RotationAdmin",
    "SchoolAdmin",
    "SettingAdmin",
    "TermAdmin",
    "UserAdmin",
]
