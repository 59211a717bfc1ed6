"""Cover notices as mail: written at delivery, inside the school's door, from the ids of the message.

What changed meanwhile is not told any more, nor anything about lessons that are over. No reason of absence, no note.
"""

from .absences import reported_mails
from .cover import assigned_mails, withdrawn_mails
from .offers import offered_mails

CHANNELS = {
    "absence.reported": reported_mails,
    "booking.offered": offered_mails,
    "cover.assigned": assigned_mails,
    "cover.withdrawn": withdrawn_mails,
}
"""Topic → who makes mails of it."""

__all__ = ["CHANNELS"]
