"""What absences announce to whoever builds on them."""

from datetime import date

from absences.models import Absence
from schools.hooks import Hook
from schools.models import User

# The absence changed on these dates: it became active, was cancelled, shortened or extended.
absence_changed: Hook[Absence, list[date], User | None] = Hook()
