"""Timetable versions, to look at: they come by import."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from schools.admin.base import ReadOnlyAdmin
from staffing.models import Timetable


@admin.register(Timetable)
class TimetableAdmin(ReadOnlyAdmin[Timetable]):
    """A version with the report of its import."""

    fields = (
        "school",
        "name",
        "effective_from",
        "source",
        "cycle_days",
        "imported_at",
        "imported_by",
        "vacancies",
        "notices",
    )
    list_display = ("school", "effective_from", "source", "cycle_days", "imported_at", "imported_by")
    list_select_related = ("school", "imported_by")
    search_fields = ("school__slug",)
    date_hierarchy = "effective_from"
    ordering = ("-effective_from", "-pk")

    @admin.display(description="standing vacancies")
    def vacancies(self, timetable: Timetable) -> SafeString:
        return _lines(timetable.report.get("vacancies", []))

    @admin.display(description="worth a look")
    def notices(self, timetable: Timetable) -> SafeString:
        return _lines([notice["text"] for notice in timetable.report.get("notices", [])])


def _lines(texts: list[str]) -> SafeString:
    return format_html_join("", "{}<br>", ((text,) for text in texts))
