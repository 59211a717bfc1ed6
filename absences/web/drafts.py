"""Drawing a form of absences: what it starts with, what was typed, and which lessons it shows."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.http import HttpRequest

from absences.models import Absence, DayKind
from absences.selectors.people import staff_choices
from absences.selectors.preview import OfferedDays, lesson_rows, offered_days
from absences.selectors.reasons import offered_reasons, usual_reason
from schools.errors import Refused
from schools.models import School
from staffing.models import Post

from .forms import (
    ALL,
    OTHER,
    PART,
    TODAY,
    TOMORROW,
    BackForm,
    PhoneInForm,
    RefusableForm,
    ReportForm,
    WhenForm,
)
from .forms import typed_so_far as typed

_F = TypeVar("_F", bound=RefusableForm)
_R = TypeVar("_R")


def is_sent(request: HttpRequest) -> bool:
    """True when the form is meant; without scripts, `show` only asks for another day's lessons."""
    return request.method == "POST" and "show" not in request.POST


def saved(form: RefusableForm, act: Callable[[], _R]) -> _R | None:
    """What the service made of a form; None when the form is wrong or the service refused, which the form then says."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refused as refused:
        form.refuse(refused)
        return None


def report_form(request: HttpRequest, posts: Sequence[Post], now: dt.datetime) -> ReportForm:
    """A teacher's own report."""
    schools = list({post.school_id: post.school for post in posts}.values())
    days = offered_days(schools, now, posts)
    form = _draw(request, ReportForm, _beginning(days), days=days, reasons=offered_reasons())
    form.rows = lesson_rows(posts, form.first_date())
    return form


def phone_in_form(
    request: HttpRequest, school: School, now: dt.datetime
) -> tuple[PhoneInForm, dict[str, Post]]:
    """A report for somebody of the school, set for today, all day and the first reason; and who can be meant."""
    days = offered_days([school], now)
    choices = staff_choices(school, days.today)
    reasons = offered_reasons()
    beginning = _beginning(days) | {"reason": usual_reason(reasons)} | _asked_day(request, days)
    form = _draw(request, PhoneInForm, beginning, days=days, reasons=reasons, names=list(choices))
    chosen = [post for name, post in choices.items() if name == form["person"].value()]
    form.rows = lesson_rows(chosen, form.first_date())
    return form, choices


def change_form(request: HttpRequest, absence: Absence, now: dt.datetime) -> WhenForm:
    """Other dates, times or periods, starting from what they are."""
    days = offered_days([absence.post.school], now)
    form = _draw(request, WhenForm, _as_it_is(absence), days=days)
    form.rows = lesson_rows([absence.post], form.first_date())
    return form


def back_form(request: HttpRequest, now: dt.datetime, school: School) -> BackForm:
    """Back early, starting from now."""
    local = now.astimezone(school.zone)
    return _draw(
        request, BackForm, {"back_on": local.date(), "back_at": local.time().replace(second=0, microsecond=0)}
    )


def _draw(request: HttpRequest, form: type[_F], beginning: dict[str, Any], **more: Any) -> _F:
    """Bound to what was sent; otherwise started with what was typed so far, over what it begins with."""
    if is_sent(request):
        return form(request.POST, **more)
    return form(initial=beginning | typed(request.POST or request.GET), **more)


def _beginning(days: OfferedDays) -> dict[str, Any]:
    return {"when": TODAY if days.best == days.today else TOMORROW, "extent": ALL}


def _asked_day(request: HttpRequest, days: OfferedDays) -> dict[str, Any]:
    """The day of the board the manager came from."""
    date = request.GET.get("date", "")
    if not date or date == days.today.isoformat():
        return {}
    return {"when": OTHER, "start_date": date}


def _as_it_is(absence: Absence) -> dict[str, Any]:
    days = list(absence.days.all())
    first, last = days[0], days[-1]
    is_whole = all(day.kind == DayKind.WHOLE for day in days)
    return {
        "when": OTHER,
        "start_date": absence.starts_on,
        "end_date": absence.ends_on,
        "extent": ALL if is_whole else PART,
        "start_time": first.start_time,
        "end_time": last.end_time,
        "periods": [
            f"{absence.post.uuid}.{number}" for number in sorted({n for day in days for n in day.periods})
        ]
        or None,
    }
