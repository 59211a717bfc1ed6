"""The pages of the cover day: the board, the day sheet, people's own cover, jobs."""
