"""Terms, closures and the days of a school's calendar."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from schools.errors import Conflict
from schools.models import CalendarDay, Closure, Rotation, Term
from schools.services.bells import ring_variant
from schools.services.calendar import add_closure, reinstate_closure, shift_cycle

from .base import OfficeAdmin, ReadOnlyAdmin, actor_of
from .service_pages import ServiceAdmin


@admin.register(Term)
class TermAdmin(OfficeAdmin[Term]):
    list_display = ("school", "name", "starts_on", "ends_on")
    list_select_related = ("school",)
    ordering = ("school__name", "starts_on")


@admin.register(Closure)
class ClosureAdmin(ServiceAdmin[Closure]):
    """Days without school. A closure is not deleted but reinstated: its days open again."""

    can_change = True
    list_display = ("school", "name", "starts_on", "ends_on", "reinstated_at")
    list_filter = (("reinstated_at", admin.EmptyFieldListFilter),)
    list_select_related = ("school",)
    ordering = ("-starts_on", "school__name")
    fields = ("school", "name", "starts_on", "ends_on")
    actions = ("reinstate",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("school", "name", "starts_on", "ends_on") if obj else ()

    def write(self, request: HttpRequest, row: Closure, typed: dict[str, Any], change: bool) -> Closure:
        if change:
            return row
        return add_closure(
            school=typed["school"],
            name=typed["name"],
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            actor=actor_of(request),
        )

    @admin.action(description="Hold school after all on these days", permissions=["change"])
    def reinstate(self, request: HttpRequest, rows: "QuerySet[Closure]") -> None:
        for row in rows.select_related("school"):
            reinstate_closure(closure=row, actor=actor_of(request))
        self.message_user(request, "The days are open again, except where another closure covers them.")


@admin.register(CalendarDay)
class CalendarDayAdmin(ServiceAdmin[CalendarDay]):
    """Which day of the cycle a date is, and which bells ring."""

    can_add = False
    list_display = ("date", "school", "is_open", "cycle_day", "bell_variant")
    list_filter = ("is_open",)
    list_select_related = ("school",)
    search_fields = ("date__exact",)
    search_help_text = "a date, YYYY-MM-DD"
    ordering = ("school__name", "date")
    fields = ("school", "date", "is_open", "cycle_day", "bell_variant")
    readonly_fields = ("school", "date", "is_open", "cycle_day")
    actions = ("shift_on", "shift_back")

    def write(
        self, request: HttpRequest, row: CalendarDay, typed: dict[str, Any], change: bool
    ) -> CalendarDay:
        return ring_variant(day=row, variant=typed["bell_variant"], actor=actor_of(request))

    @admin.action(description="Shift the cycle one day on from here", permissions=["change"])
    def shift_on(self, request: HttpRequest, days: "QuerySet[CalendarDay]") -> None:
        self._shift(request, days, by=1)

    @admin.action(description="Shift the cycle one day back from here", permissions=["change"])
    def shift_back(self, request: HttpRequest, days: "QuerySet[CalendarDay]") -> None:
        self._shift(request, days, by=-1)

    def _shift(self, request: HttpRequest, days: "QuerySet[CalendarDay]", by: int) -> None:
        for day in days.select_related("school"):
            try:
                self.attempt(
                    request,
                    f"{day.school}: the cycle is shifted from {day.date} on.",
                    lambda day=day: shift_cycle(
                        school=day.school,
                        from_date=day.date,
                        by=by,
                        seen=day.cycle_day,
                        actor=actor_of(request),
                    ),
                )
            except Conflict as conflict:
                self.message_user(request, conflict.message)


@admin.register(Rotation)
class RotationAdmin(ReadOnlyAdmin[Rotation]):
    """How dates become cycle days; a timetable brings its own."""

    list_display = ("school", "effective_from", "kind", "cycle_days", "weeks", "anchor")
    list_select_related = ("school",)
    ordering = ("school__name", "-effective_from")
