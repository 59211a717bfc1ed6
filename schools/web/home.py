"""`/`: sends each role to its work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from schools.access.caller import Caller
from schools.access.doors import door

from .context import board_of, boards_of


@door("mine")
def home(request: HttpRequest) -> HttpResponse:
    """The work of whoever is signed in; a page that says whom to ask when there is no role yet."""
    work = work_of(request.caller)  # type: ignore[attr-defined]  # set where the door opened
    return redirect(work) if work else render(request, "home.html")


def work_of(caller: Caller) -> str | None:
    """Where this caller's day begins, or None without a role. A cover manager who also teaches begins at the board."""
    for slug in boards_of(caller):
        return board_of(slug)
    for permission, place in (
        ("report.read", "reports"),
        ("absence.report", "absences"),
        ("offer.answer", "offers"),
    ):
        if caller.may(permission):
            return reverse(place)
    return None
