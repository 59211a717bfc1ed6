"""Questions about schools, their settings and their calendar."""
