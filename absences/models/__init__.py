"""Who is away, when, and by which reason."""

from .absence import Absence, AbsenceDay, AbsenceState, DayKind
from .reason import AbsenceReason, ReasonCategory

__all__ = ["Absence", "AbsenceDay", "AbsenceReason", "AbsenceState", "DayKind", "ReasonCategory"]
