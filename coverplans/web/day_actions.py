"""What can be done with a whole day: plan it, publish it, take that back, drop what is not published."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from coverplans.services.drafts import discard_draft
from coverplans.services.plan_day import plan_day
from coverplans.services.publish import publish_day
from coverplans.services.undo_publish import undo_publish
from schools.access.doors import door

from .answers import told
from .forms import SeenPlanForm, read
from .requests import SchoolRequest
from .ways_back import to_board
from .words import planned_text, published_text


@door("school", post="plan.change", outside=True)
@require_POST
@told("to plan the day")
def board_plan(request: SchoolRequest, school: str, date: dt.date) -> HttpResponse:
    """Plan the day; what is locked or accepted stays."""
    plan = plan_day(
        scope=request.scope, school_slug=school, date=date, actor=request.user, now=timezone.now()
    )
    messages.success(request, planned_text(plan))
    return to_board(school, date)


@door("school", post="plan.change", outside=True)
@require_POST
@told("to publish it")
def board_publish(request: SchoolRequest, school: str, date: dt.date) -> HttpResponse:
    """Publish the draft."""
    seen = read(SeenPlanForm, request.POST)["seen"]
    result = publish_day(
        scope=request.scope,
        school_slug=school,
        date=date,
        actor=request.user,
        now=timezone.now(),
        seen=seen,
    )
    messages.success(request, published_text(result))
    return to_board(school, date)


@door("school", post="plan.change")
@require_POST
@told("to take the publication back")
def board_undo_publish(request: SchoolRequest, school: str, date: dt.date) -> HttpResponse:
    """Take the last publication back."""
    seen = read(SeenPlanForm, request.POST)["seen"]
    undo_publish(school=request.school, date=date, actor=request.user, now=timezone.now(), seen=seen)
    messages.success(request, "Taken back: the plan is a draft again, and the people were told.")
    return to_board(school, date)


@door("school", post="plan.change")
@require_POST
@told("to drop what is not published")
def board_discard(request: SchoolRequest, school: str, date: dt.date) -> HttpResponse:
    """Drop everything that was not published."""
    seen = read(SeenPlanForm, request.POST)["seen"]
    discard_draft(school=request.school, date=date, actor=request.user, seen=seen)
    messages.success(request, "Dropped: the day is as it was published.")
    return to_board(school, date)
