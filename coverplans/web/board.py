"""The day board and the panel of one lesson."""

import datetime as dt
import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from coverplans.selectors.board import Board, read_board
from coverplans.selectors.days import board_date
from coverplans.selectors.panel import Panel, read_panel
from schools.access.doors import door

from .find_need import need_on
from .requests import SchoolRequest, may_here


@door("school", get="board.read")
@require_safe
def board_today(request: SchoolRequest, school: str) -> HttpResponse:
    """The day that is worked on now."""
    return redirect("board", school=school, date=board_date(request.school, timezone.now()))


@door("school", get="board.read")
@require_safe
def board(request: SchoolRequest, school: str, date: dt.date) -> HttpResponse:
    """The day."""
    return _draw(request, date, panel=None)


@door("school", get="board.read")
@require_safe
def board_cell(request: SchoolRequest, school: str, date: dt.date, need: uuid.UUID) -> HttpResponse:
    """The day with the panel of one lesson; with htmx the panel alone."""
    panel = read_panel(
        school=request.school,
        need=need_on(date, need),
        now=timezone.now(),
        can_edit=may_here(request, "plan.change"),
        sees_absences=may_here(request, "absence.read"),
    )
    return _draw(request, date, panel)


def _draw(request: SchoolRequest, date: dt.date, panel: Panel | None) -> HttpResponse:
    """The part htmx asked for: the panel, everything of the day, or the whole page."""
    if request.htmx.target == "panel":
        place = {"school": request.school, "iso": date.isoformat()}
        response = render(request, "coverplans/_panel.html", {"board": place, "panel": panel})
    else:
        template = "coverplans/_board.html" if request.htmx.target == "day" else "coverplans/board.html"
        response = render(request, template, {"board": _read(request, date), "panel": panel})
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _read(request: SchoolRequest, date: dt.date) -> Board:
    return read_board(
        school=request.school,
        date=date,
        now=timezone.now(),
        can_edit=may_here(request, "plan.change"),
        sees_absences=may_here(request, "absence.read"),
    )
