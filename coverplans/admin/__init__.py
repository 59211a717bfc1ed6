"""The office's pages of cover: all to look at, and the fairness account, which is corrected by further entries."""

from . import bookings, credits, days

__all__ = ["bookings", "credits", "days"]
