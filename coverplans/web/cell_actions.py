"""What can be done with one lesson. Each form says what its sender saw, so that nobody overwrites somebody else unawares."""

import datetime as dt
import uuid

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from coverplans.models import AssignmentKind
from coverplans.services import by_hand
from schools.access.doors import door
from schools.access.find import named
from staffing.models import Lesson, Person

from .answers import told
from .find_need import need_on
from .forms import AssignForm, LockForm, MeasureForm, NotNeededForm, SeenForm, read
from .requests import DoorRequest, SchoolRequest
from .ways_back import to_cell


def _whom(request: DoorRequest) -> str:
    """The name of who was to take the lesson."""
    return named(Person, request.POST["person"]).name


def _measure(request: DoorRequest) -> str:
    """The measure that was chosen."""
    return str(AssignmentKind(request.POST["measure"]).label)


@door("school", post="plan.change")
@require_POST
@told(_whom)
def board_assign(request: SchoolRequest, school: str, date: dt.date, need: uuid.UUID) -> HttpResponse:
    """Give the lesson to somebody."""
    found, sent = need_on(date, need), read(AssignForm, request.POST)
    by_hand.assign(
        need=found,
        person=named(Person, sent["person"]),
        seen=sent["seen"],
        despite=sent["despite"],
        actor=request.user,
        now=timezone.now(),
    )
    return to_cell(school, date, need)


@door("school", post="plan.change")
@require_POST
@told("nobody")
def board_unassign(request: SchoolRequest, school: str, date: dt.date, need: uuid.UUID) -> HttpResponse:
    """Take whoever covers, or the measure, off the lesson."""
    found, sent = need_on(date, need), read(SeenForm, request.POST)
    by_hand.unassign(need=found, seen=sent["seen"], actor=request.user)
    return to_cell(school, date, need)


@door("school", post="plan.change")
@require_POST
@told("to lock or unlock it")
def board_lock(request: SchoolRequest, school: str, date: dt.date, need: uuid.UUID) -> HttpResponse:
    """Keep the choice when the day is planned again, or let it go."""
    found, sent = need_on(date, need), read(LockForm, request.POST)
    by_hand.set_lock(need=found, locked=sent["locked"], seen=sent["seen"], actor=request.user)
    return to_cell(school, date, need)


@door("school", post="plan.change")
@require_POST
@told(_measure)
def board_measure(request: SchoolRequest, school: str, date: dt.date, need: uuid.UUID) -> HttpResponse:
    """Self-study, a merge, or no lesson at all."""
    found, sent = need_on(date, need), read(MeasureForm, request.POST)
    into = named(Lesson, sent["option"]) if sent["option"] else None
    by_hand.take_measure(need=found, kind=sent["measure"], into=into, seen=sent["seen"], actor=request.user)
    return to_cell(school, date, need)


@door("school", post="plan.change")
@require_POST
@told("not needed")
def board_not_needed(request: SchoolRequest, school: str, date: dt.date, need: uuid.UUID) -> HttpResponse:
    """The lesson needs nobody after all."""
    found, sent = need_on(date, need), read(NotNeededForm, request.POST)
    by_hand.waive(need=found, reason=sent["reason"], actor=request.user)
    return to_cell(school, date, need)


@door("school", post="plan.change")
@require_POST
@told("needed again")
def board_needed(request: SchoolRequest, school: str, date: dt.date, need: uuid.UUID) -> HttpResponse:
    """It does need somebody."""
    by_hand.require_again(need=need_on(date, need), actor=request.user)
    return to_cell(school, date, need)
