"""What the frame of every page needs: who is signed in, where they may go, which school the page is about."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from schools.access.caller import Caller


@dataclass(frozen=True, slots=True)
class NavPlace:
    """One of the three or four places of a role."""

    label: str
    url: str
    is_current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html. No queries: everything was read when the door opened."""
    caller: Caller | None = getattr(request, "caller", None)
    if caller is None:
        return {"nav": [], "school": None, "schools": []}
    school = getattr(request, "school", None)
    slugs = sorted(
        {place.school_slug for place in caller.places if place.school_slug and caller.may("board.read")}
    )
    return {
        "nav": [*_places(request, caller, school.slug if school else (slugs[0] if slugs else None))],
        "school": school,
        "schools": slugs,
    }


def _places(request: HttpRequest, caller: Caller, slug: str | None) -> list[NavPlace]:
    """The places a caller may go, in the order of the working day."""
    found: list[tuple[str, str]] = []
    if slug and caller.may("board.read"):
        found.append(("Board", reverse("board-today", kwargs={"school": slug})))
    if caller.may("absence.report") and caller.person_id:
        found.append(("My absences", reverse("absences")))
    if caller.may("mycover.read") and caller.person_id:
        found.append(("My cover", reverse("my-cover")))
    if caller.may("offer.answer"):
        found.append(("Offers", reverse("offers")))
    if caller.may("report.read"):
        found.append(("Reports", reverse("reports")))
    if caller.may("office.open"):
        found.append(("Office", reverse("admin:index")))
    return [NavPlace(label, url, request.path.startswith(url)) for label, url in found]
