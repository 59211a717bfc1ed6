"""What the frame of every page needs: who is signed in, where they may go, which school the page is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from schools.access.caller import Caller
from schools.access.roles import reach_of


@dataclass(frozen=True, slots=True)
class Link:
    """One of the three or four places of a role, or one of the schools to switch between."""

    label: str
    url: str
    is_current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html. No queries: everything was read when the door opened."""
    caller: Caller | None = getattr(request, "caller", None)
    if caller is None:
        return {"nav": [], "school": None, "schools": [], "who": ""}
    school = getattr(request, "school", None)
    boards = boards_of(caller)
    slug = school.slug if school else next(iter(boards), None)
    return {
        "nav": [Link(label, url, request.path.startswith(url)) for label, url in _places(caller, slug)],
        "school": school,
        "schools": [
            Link(name, board_of(slug), school is not None and school.slug == slug)
            for slug, name in boards.items()
        ],
        "who": caller.shown_name,
    }


def boards_of(caller: Caller) -> dict[str, str]:
    """Slug → name of the schools whose board is this caller's work, by name."""
    places = {
        place.school_slug: place.school_name
        for place in caller.places
        if place.school_slug and reach_of(place.role, "board.read")
    }
    return dict(sorted(places.items(), key=lambda place: place[1]))


def _places(caller: Caller, slug: str | None) -> Iterator[tuple[str, str]]:
    """The places a caller may go, in the order of the working day."""
    if slug and caller.may("board.read"):
        yield "Board", board_of(slug)
    if slug and caller.may("absence.approve"):
        yield "Absences", reverse("school-absences", kwargs={"school": slug})
    if caller.may("absence.report") and caller.person_id:
        yield "My absences", reverse("absences")
    if caller.may("mycover.read") and caller.person_id:
        yield "My cover", reverse("my-cover")
    if caller.may("offer.answer"):
        yield "Offers", reverse("offers")
    if caller.may("report.read"):
        yield "Reports", reverse("reports")
    if caller.may("office.open"):
        yield "Office", reverse("admin:index")


def board_of(slug: str) -> str:
    """The address of a school's board of today."""
    return reverse("board-today", kwargs={"school": slug})
