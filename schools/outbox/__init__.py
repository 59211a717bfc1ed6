"""Notices and events, delivered at least once: the row is the job, a task is only a nudge."""
