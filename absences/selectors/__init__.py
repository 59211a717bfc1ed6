"""Questions about absences, their reasons and the lessons they leave behind."""
