"""What the tenant announces to the apps above."""

from datetime import date

from schools.hooks import Hook
from schools.models import School, User

# These dates of a school opened, closed, were numbered or were renumbered.
calendar_changed: Hook[School, list[date], User | None] = Hook()
