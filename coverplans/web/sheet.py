"""The day on paper."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coverplans.selectors.sheet import read_sheet
from schools.access.doors import door

from .requests import SchoolRequest


@door("school", get="board.read")
@require_safe
def day_sheet(request: SchoolRequest, school: str, date: dt.date) -> HttpResponse:
    """What is published, ready to print; with `?only=new` what changed since the version before."""
    only_new = request.GET.get("only") == "new"
    sheet = read_sheet(school=request.school, date=date, now=timezone.now(), only_new=only_new)
    return render(request, "coverplans/day_sheet.html", {"sheet": sheet})
