"""A generated district to try everything on: the same seed gives the same people, timetables and absences."""
