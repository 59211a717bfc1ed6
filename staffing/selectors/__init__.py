"""Questions about people, posts and the timetable."""
