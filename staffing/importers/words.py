"""A draft's lessons in words, as reports, differences and pages say them."""

from staffing.importers.draft import LessonDraft, TimetableDraft


class Words:
    """Says what a lesson is and when it is. Lessons that the draft no longer has can be said as well."""

    def __init__(self, draft: TimetableDraft) -> None:
        self._draft = draft
        self._periods = draft.periods_by_slot()

    def day(self, cycle_day: int) -> str:
        """The cycle day's name, or its number where the draft has fewer days."""
        if cycle_day > self._draft.cycle_days:
            return f"Day {cycle_day}"
        return self._draft.cycle_day_name(cycle_day)

    def when(self, lesson: LessonDraft) -> str:
        """For example `Monday, period 3 (10:00–10:50)`."""
        period = self._periods.get(lesson.slot)
        if period is None:
            return f"{self.day(lesson.cycle_day)}, period {lesson.period}"
        day = self.day(lesson.cycle_day)
        if ":" in period.name:  # some schools name their periods by the clock
            return f"{day}, {period.name}"
        name = f"period {period.name}" if period.name.isdigit() else period.name
        return f"{day}, {name} ({period.starts:%H:%M}–{period.ends:%H:%M})"

    def what(self, lesson: LessonDraft) -> str:
        """For example `Maths 7a, 7b in R12`."""
        said = f"{lesson.subject} {', '.join(map(str, lesson.sections))}".strip()
        return f"{said} in {', '.join(lesson.rooms)}" if lesson.rooms else said

    def lesson(self, lesson: LessonDraft) -> str:
        """When it is, and what."""
        return f"{self.when(lesson)}: {self.what(lesson)}"

    def vacancies(self) -> tuple[str, ...]:
        """Every lesson that the timetable itself leaves to nobody."""
        return tuple(self.lesson(lesson) for lesson in self._draft.standing_vacancies)
