"""What absences leave behind, who takes it, and what that costs whom."""

from .assignment import Assignment, AssignmentKind, AssignmentState
from .booking import Booking, BookingPart, BookingState, Offer, OfferState
from .credit import CreditEntry
from .need import CoverNeed, NeedState, WhyNotRequired
from .plan import CoverPlan, Explanation, PlanState

__all__ = [
    "Assignment",
    "AssignmentKind",
    "AssignmentState",
    "Booking",
    "BookingPart",
    "BookingState",
    "CoverNeed",
    "CoverPlan",
    "CreditEntry",
    "Explanation",
    "NeedState",
    "Offer",
    "OfferState",
    "PlanState",
    "WhyNotRequired",
]
