"""The office's pages of people, posts, the pool and timetables."""

from .people import PersonAdmin
from .posts import PostAdmin
from .substitutes import SubstituteAdmin
from .timetables import TimetableAdmin

__all__ = ["PersonAdmin", "PostAdmin", "SubstituteAdmin", "TimetableAdmin"]
