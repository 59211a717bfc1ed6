"""A teacher's own pages: report in half a minute, see what was reported, change it in time."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from absences.models import Absence
from absences.selectors.history import with_all
from absences.services.report import report_absence
from schools.access.caller import Caller
from schools.access.doors import door
from schools.access.find import find
from schools.access.roles import Reach, reach_of
from schools.tenancy.door import narrowed
from staffing.models import Post

from . import pages
from .asking import caller_of, own_posts_of, own_today, shown, user_of
from .changing import Side, cancel_page, change_page
from .drafts import is_sent, report_form, saved
from .forms import ReportForm


@door("self", get="absence.read")
def absences(request: HttpRequest) -> HttpResponse:
    """The caller's absences: now and to come, then earlier ones, page by page."""
    now, before = timezone.now(), request.GET.get("before")
    today = own_today(own_posts_of(request, now), now)
    older_than = find(Absence, before) if before else None
    page = pages.history(caller_of(request).person_id or 0, now, today, older_than)
    return render(request, "absences/list.html", page)


@door("self", get="absence.report", post="absence.report")
def report(request: HttpRequest) -> HttpResponse:
    """Report for oneself, at every school one works at."""
    now = timezone.now()
    posts = own_posts_of(request, now)
    form = report_form(request, posts, now)
    if is_sent(request) and (found := saved(form, lambda: _report(request, posts, form, now))):
        return redirect(f"{reverse('absence-detail', kwargs={'absence': found[0].uuid})}?new=1")
    page = pages.report(form, posts, _phone_in_url(caller_of(request)))
    return render(request, "absences/report.html", page, status=422 if form.is_bound else 200)


def _report(request: HttpRequest, posts: Sequence[Post], form: ReportForm, now: dt.datetime) -> list[Absence]:
    person = posts[0].person if posts else None
    return report_absence(person=person, actor=user_of(request), now=now, is_own=True, **form.asked())


def _phone_in_url(caller: Caller) -> str:
    """Where a cover manager reports for somebody else; nothing for most."""
    managed = [
        place.school_slug
        for place in caller.places
        if place.school_slug and reach_of(place.role, "absence.report") is Reach.SCHOOL
    ]
    return reverse("phone-in", kwargs={"school": managed[0]}) if managed else ""


@door("mine", get="absence.read")
def detail(request: HttpRequest, absence: uuid.UUID) -> HttpResponse:
    """The receipt of one's own absence; for somebody else's, its page in the office."""
    with narrowed(caller_of(request).self_scope()):
        if own := with_all().filter(uuid=absence).first():
            joined = list(Absence.objects.filter(report=own.report))
            page = pages.receipt(own, joined, timezone.now(), is_new="new" in request.GET)
            return render(request, "absences/receipt.html", page)
    other = find(Absence, absence, related=("school",))
    return redirect("office-absence", school=other.school.slug, absence=other.uuid)


@door("self", get="absence.report", post="absence.report")
def change(request: HttpRequest, absence: uuid.UUID) -> HttpResponse:
    """Other dates or times, or back early (`?how=early`)."""
    return change_page(request, shown(absence), _own_side(absence))


@door("self", get="absence.report", post="absence.report")
def cancel(request: HttpRequest, absence: uuid.UUID) -> HttpResponse:
    """Take the whole absence back."""
    return cancel_page(request, shown(absence), _own_side(absence))


def _own_side(absence: uuid.UUID) -> Side:
    this = {"absence": absence}
    return Side(
        is_own=True,
        change_url=reverse("absence-change", kwargs=this),
        cancel_url=reverse("absence-cancel", kwargs=this),
        back_url=reverse("absence-detail", kwargs=this),
    )
