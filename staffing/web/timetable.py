"""The cover manager uploads a timetable: files, what would change, yes."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from schools.access.doors import door
from schools.access.find import find
from schools.calendar_math import BadMappingError, DayMapping
from schools.errors import Refused
from schools.models import School, User
from schools.selectors.calendar import today_at
from staffing.importers.draft import TimetableDraft
from staffing.importers.findings import ImportRefused
from staffing.importers.uploads import read_sent
from staffing.models import Timetable
from staffing.selectors.timetable_days import mapping_for
from staffing.selectors.timetable_diff import timetable_diff
from staffing.services.load_timetable import load_timetable
from staffing.services.uploads import Upload, keep_upload, take_upload

from . import timetable_page as page
from .forms import TimetableForm

GONE = "These files are no longer here, or were used already. Nothing more was changed; upload them again if you need to."


class SchoolRequest(HttpRequest):
    """A request at a school's address, its door open."""

    school: School
    user: User


@require_http_methods(["GET", "POST"])
@door("school", "timetable.import")
def upload_timetable(request: SchoolRequest, school: str) -> HttpResponse:
    """Choose files; see the difference or every bad row; confirm; see the report."""
    if request.method == "GET":
        return _loaded(request) if "loaded" in request.GET else _choose(request)
    return _confirm(request) if "confirm" in request.POST else _check(request)


def _choose(request: SchoolRequest, form: TimetableForm | None = None) -> HttpResponse:
    today = today_at(request.school, timezone.now())
    form = form or TimetableForm(initial={"effective_from": today})
    return _page(request, page.choose(request.school, today), form=form, status=422 if form.errors else 200)


def _check(request: SchoolRequest) -> HttpResponse:
    form = TimetableForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choose(request, form)
    upload = _upload(form.cleaned_data)
    names = sorted(name for name, _content in upload.files)
    today = today_at(request.school, timezone.now())
    try:
        draft = read_sent(upload.files)
        mapping = _mapping(request.school, draft, upload)
    except ImportRefused as bad:
        shown = page.refused(request.school, today, names, bad.problems)
        return _page(request, shown, form=form, status=422)
    except BadMappingError as bad:
        form.add_error("days", str(bad))
        return _choose(request, form)
    shown = page.check(
        request.school,
        today,
        file_names=names,
        starts_on=upload.effective_from,
        draft=draft,
        mapping=mapping,
        diff=timetable_diff(school=request.school, draft=draft, effective_from=upload.effective_from),
        token=keep_upload(school=request.school, user=request.user, upload=upload),
    )
    return _page(request, shown)


def _confirm(request: SchoolRequest) -> HttpResponse:
    upload = take_upload(school=request.school, user=request.user, token=request.POST.get("token", ""))
    here = reverse("timetable-upload", kwargs={"school": request.school.slug})
    if upload is None:
        messages.error(request, GONE)
        return redirect(here)
    draft = read_sent(upload.files)
    try:
        with transaction.atomic():
            report = load_timetable(
                school=request.school,
                draft=draft,
                effective_from=upload.effective_from,
                mapping=_mapping(request.school, draft, upload),
                actor=request.user,
            )
    except (Refused, BadMappingError) as refused:
        messages.error(request, str(refused))
        return redirect(here)
    return redirect(f"{here}?loaded={report.timetable.uuid}")


def _loaded(request: SchoolRequest) -> HttpResponse:
    timetable = find(Timetable, request.GET["loaded"])
    return _page(request, page.done(request.school, today_at(request.school, timezone.now()), timetable))


def _upload(given: dict[str, Any]) -> Upload:
    return Upload(
        files=given["timetable_files"],
        effective_from=given["effective_from"],
        weekdays=given["days"],
        rotate=given["rotate"],
        anchor=given["anchor"],
    )


def _mapping(school: School, draft: TimetableDraft, upload: Upload) -> DayMapping:
    return mapping_for(
        school=school,
        draft=draft,
        effective_from=upload.effective_from,
        weekdays=upload.weekdays,
        rotate=upload.rotate,
        anchor=upload.anchor,
    )


def _page(
    request: HttpRequest, shown: dict[str, Any], *, form: TimetableForm | None = None, status: int = 200
) -> HttpResponse:
    context = {"upload": shown, "form": form or TimetableForm()}
    return render(request, "staffing/upload_timetable.html", context, status=status)
