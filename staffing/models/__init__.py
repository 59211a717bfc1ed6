"""People, their posts, when they can work, and the timetable they work by."""

from .hold import HoldKind, PersonHold
from .lesson import Lesson, LessonPost, LessonRoom, LessonSection, Room, Section, Subject, Timetable
from .person import Person, Post
from .substitute import Availability, Credential, Preference, SubstituteProfile
from .working_time import ProtectedPeriod, WorkingHours

__all__ = [
    "Availability",
    "Credential",
    "HoldKind",
    "Lesson",
    "LessonPost",
    "LessonRoom",
    "LessonSection",
    "Person",
    "PersonHold",
    "Post",
    "Preference",
    "ProtectedPeriod",
    "Room",
    "Section",
    "Subject",
    "SubstituteProfile",
    "Timetable",
    "WorkingHours",
]
