"""A school's pages: somebody phoned, one absence, its change, who waits for approval."""

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from absences.models import Absence
from absences.selectors.people import post_named
from absences.services.decide import approve_absence, decline_absence
from absences.services.reading import read_reasons
from absences.services.report import report_absence
from schools.access.doors import door
from schools.errors import Refused
from schools.selectors.calendar import today_at
from schools.web.errors import bad_request
from staffing.models import Post

from . import pages
from .asking import may_in, school_of, shown, user_of
from .changing import Side, cancel_page, change_page
from .drafts import is_sent, phone_in_form, saved
from .forms import PhoneInForm

DECISIONS = {"approve": approve_absence, "decline": decline_absence}


@door("school", get="absence.read")
def absences(request: HttpRequest, school: str) -> HttpResponse:
    """What waits for approval, and who is away on a date."""
    here = school_of(request)
    date = _date(request) or today_at(here, timezone.now())
    return render(request, "absences/school.html", pages.school_day(here, date))


@door("school", get="absence.report", post="absence.report")
def phone_in(request: HttpRequest, school: str) -> HttpResponse:
    """Enter an absence for somebody who phoned: a name and Enter are enough for today, all day."""
    here, now = school_of(request), timezone.now()
    form, people = phone_in_form(request, here, now)
    if is_sent(request) and (found := saved(form, lambda: _enter(request, people, form, now))):
        return _after(request, found[0])
    date = _date(request) or form.first_date()
    page = {"board": {"school": here, "iso": date.isoformat()}, **pages.drawn(form)}
    return render(request, "absences/phone_in.html", page, status=422 if form.is_bound else 200)


def _enter(
    request: HttpRequest, people: dict[str, Post], form: PhoneInForm, now: dt.datetime
) -> list[Absence]:
    post = post_named(people, form.named())
    return report_absence(post=post, actor=user_of(request), now=now, **form.asked())


def _after(request: HttpRequest, absence: Absence) -> HttpResponse:
    """To the board of the first day, or to an empty form again."""
    date = absence.starts_on.isoformat()
    messages.success(request, f"{absence.post.person.name} is away, {pages.when_of(absence)}.")
    if "again" in request.POST:
        return redirect(f"{request.path}?date={date}")
    return redirect("board", school=absence.post.school.slug, date=date)


@door("school", get="absence.read")
def detail(request: HttpRequest, school: str, absence: uuid.UUID) -> HttpResponse:
    """One absence. Whoever may see the reason sees it here, and that is recorded."""
    here = school_of(request)
    found = shown(absence, within=here)
    may = {name: may_in(request, f"absence.{name}", here) for name in ("read_reason", "report", "approve")}
    if may["read_reason"]:
        read_reasons(absences=[found], reader=user_of(request))
    page = pages.office_absence(
        found, shows_reason=may["read_reason"], may_change=may["report"], may_decide=may["approve"]
    )
    return render(request, "absences/office.html", page)


@door("school", get="absence.report", post="absence.report")
def change(request: HttpRequest, school: str, absence: uuid.UUID) -> HttpResponse:
    """Other dates or times, or back early (`?how=early`)."""
    return change_page(request, shown(absence, within=school_of(request)), _side(school, absence))


@door("school", get="absence.report", post="absence.report")
def cancel(request: HttpRequest, school: str, absence: uuid.UUID) -> HttpResponse:
    """Take the whole absence back."""
    return cancel_page(request, shown(absence, within=school_of(request)), _side(school, absence))


@door("school", post="absence.approve")
def decide(request: HttpRequest, school: str, absence: uuid.UUID) -> HttpResponse:
    """Approve or decline a waiting absence."""
    found = shown(absence, within=school_of(request))
    decide_it = DECISIONS.get(request.POST.get("answer", ""))
    if decide_it is None:
        return bad_request(request)
    try:
        decide_it(absence=found, actor=user_of(request), now=timezone.now())
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("school-absences", school=school)


def _side(school: str, absence: uuid.UUID) -> Side:
    this = {"school": school, "absence": absence}
    return Side(
        is_own=False,
        change_url=reverse("office-absence-change", kwargs=this),
        cancel_url=reverse("office-absence-cancel", kwargs=this),
        back_url=reverse("office-absence", kwargs=this),
    )


def _date(request: HttpRequest) -> dt.date | None:
    """The date asked for in the address; a malformed one counts as none."""
    try:
        return parse_date(request.GET.get("date", ""))
    except ValueError:
        return None
