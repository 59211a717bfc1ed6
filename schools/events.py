"""What the tenant announces to the apps above."""

from datetime import date

from schools.hooks import Hook
from schools.models import District, School, User

# A district was made; whoever needs rows in every district makes them now.
district_created: Hook[District, User | None] = Hook()

# These dates of a school opened, closed, were numbered or were renumbered.
calendar_changed: Hook[School, list[date], User | None] = Hook()
