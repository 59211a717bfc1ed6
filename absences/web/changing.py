"""The two steps of a change: first what it means, then, once confirmed, the change. Used by teachers and by the office."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from absences.days import DaySpan, Extent
from absences.models import Absence
from absences.selectors.clocks import read_clocks
from absences.selectors.early import spans_until
from absences.selectors.effect import effect_of
from absences.selectors.spans import spans_for
from absences.services.change import change_absence, check_in_time, come_back_early
from absences.services.decide import cancel_absence
from absences.transitions import check, check_changeable
from schools.errors import Refused
from schools.selectors.calendar import local_moment

from . import pages
from .asking import user_of
from .drafts import back_form, change_form, is_sent, saved
from .forms import BackForm, WhenForm

CHANGE, EARLY, CANCEL = "change", "early", "cancel"


@dataclass(frozen=True, slots=True)
class Side:
    """From which side an absence is changed: by the absentee (`is_own`) or by the office, and at which addresses."""

    is_own: bool
    change_url: str
    cancel_url: str
    back_url: str


def change_page(request: HttpRequest, absence: Absence, side: Side) -> HttpResponse:
    """Change the dates, or come back early with `how=early`."""
    now = timezone.now()
    how = EARLY if (request.POST or request.GET).get("how") == EARLY else CHANGE
    form = (
        back_form(request, now, absence.post.school) if how == EARLY else change_form(request, absence, now)
    )
    if not is_sent(request):
        return _draw(request, absence, side, how, form)
    if "confirmed" not in request.POST:
        return _first_step(request, absence, side, how, form, now)
    changed = saved(form, lambda: _carry_out(request, absence, side, form, now))
    if changed is None:
        return _draw(request, absence, side, how, form, status=422)
    messages.success(request, "The absence is changed.")
    return redirect(side.back_url)


def cancel_page(request: HttpRequest, absence: Absence, side: Side) -> HttpResponse:
    """Ask, and once it was said, cancel."""
    now = timezone.now()
    try:
        if request.method == "POST":
            cancel_absence(absence=absence, actor=user_of(request), now=now, is_own=side.is_own)
            messages.success(request, "The absence is cancelled.")
            return redirect(side.back_url)
        check(absence.state, "cancelled")
        sentences = pages.consequences(absence, effect_of(absence, []))
        return _answer(request, absence, side, {"how": CANCEL, "consequences": sentences})
    except Refused as refused:
        return _answer(request, absence, side, {"how": CANCEL, "refused": refused.message}, status=422)


def _first_step(
    request: HttpRequest, absence: Absence, side: Side, how: str, form: Any, now: dt.datetime
) -> HttpResponse:
    """What the change would mean, with everything typed carried along."""
    spans = saved(form, lambda: _checked(absence, side, form, now))
    if spans is None:
        return _draw(request, absence, side, how, form, status=422)
    typed = [
        {"name": name, "value": value}
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    change = {
        "how": how,
        "is_checked": True,
        "consequences": pages.consequences(absence, effect_of(absence, spans)),
        "typed": [*typed, {"name": "confirmed", "value": "1"}],
    }
    return _answer(request, absence, side, change)


def _checked(absence: Absence, side: Side, form: Any, now: dt.datetime) -> list[DaySpan]:
    """The days it would have. Raises Refused as the services would."""
    check_changeable(absence.state)
    spans = _wanted(absence, side, form, now)
    if side.is_own:
        check_in_time(absence, spans, now)
    return spans


def _wanted(absence: Absence, side: Side, form: Any, now: dt.datetime) -> list[DaySpan]:
    if isinstance(form, BackForm):
        clocks = read_clocks([absence.post], absence.starts_on, absence.ends_on)
        return spans_until(absence, _back_at(absence, form), clocks)
    asked = _asked(absence, form)
    extent = Extent(**{**asked, "periods": tuple(asked.get("periods") or ())})
    return spans_for(absence.post, extent, now=now, is_own=side.is_own, but=absence)


def _carry_out(request: HttpRequest, absence: Absence, side: Side, form: Any, now: dt.datetime) -> Absence:
    who: dict[str, Any] = {"absence": absence, "actor": user_of(request), "now": now, "is_own": side.is_own}
    if isinstance(form, BackForm):
        return come_back_early(at=_back_at(absence, form), **who)
    return change_absence(**who, **_asked(absence, form))


def _asked(absence: Absence, form: WhenForm) -> dict[str, Any]:
    """The form's wish for this one post."""
    asked = form.asked()
    if "periods" in asked:
        asked["periods"] = asked["periods"].get(absence.post.uuid, [])
    return asked


def _back_at(absence: Absence, form: BackForm) -> dt.datetime:
    typed = form.cleaned_data
    return local_moment(typed["back_on"], typed["back_at"] or dt.time.min, absence.post.school.zone)


def _draw(
    request: HttpRequest, absence: Absence, side: Side, how: str, form: Any, status: int = 200
) -> HttpResponse:
    drawn: Callable[[Any], dict[str, Any]] = pages.drawn if isinstance(form, WhenForm) else _only_form
    return _answer(request, absence, side, {"how": how}, status=status, **drawn(form))


def _only_form(form: Any) -> dict[str, Any]:
    return {"form": form}


def _answer(
    request: HttpRequest, absence: Absence, side: Side, change: dict[str, Any], status: int = 200, **more: Any
) -> HttpResponse:
    about = {
        "id": absence.uuid,
        "name": "" if side.is_own else absence.post.person.name,
        "now_text": pages.when_of(absence),
    }
    urls = {"change_url": side.change_url, "cancel_url": side.cancel_url, "back_url": side.back_url}
    return render(request, "absences/change.html", {"change": about | change, **urls, **more}, status=status)
