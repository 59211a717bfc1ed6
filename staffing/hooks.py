"""What people and timetables announce to whoever builds on them."""

from datetime import date

from schools.hooks import Hook
from schools.models import School, User

# From this date on the school has another timetable version.
timetable_changed: Hook[School, date, User | None] = Hook()
