"""What a page says when a service would not do it: what happened, what was kept, what to do."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from schools.access.find import NotFound
from schools.answers import TITLES, error_page, problem, wants_json
from schools.errors import Conflict, Refused

from .requests import DoorRequest

View = Callable[..., HttpResponse]


Wanted = Callable[[DoorRequest], str]


def told(wanted: str | Wanted) -> Callable[[View], View]:
    """Turn what the services raise into a page: 409 with both versions, 422 with every reason, 400 for an unknown id.

    `wanted` says what the form was to do, for somebody who was not the first.
    """

    def tell(view: View) -> View:
        @wraps(view)
        def answer(request: DoorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Conflict as conflict:
                yours = wanted if isinstance(wanted, str) else wanted(request)
                said = {"what": conflict.message, "theirs": conflict.theirs, "yours": yours}
                return _page(request, 409, conflict.message, said, kwargs)
            except Refused as refused:
                said = {"what": refused.message, "do": "Go back and choose something else."}
                return _page(request, 422, refused.message, said, kwargs)
            except NotFound as missing:
                return error_page(request, 400, str(missing))

        return answer

    return tell


def _page(
    request: DoorRequest, status: int, message: str, said: dict[str, Any], kwargs: dict[str, Any]
) -> HttpResponse:
    if wants_json(request):
        return problem(request, status, message)
    context = {"title": TITLES[status], "problem": {**said, "back_url": back_url(kwargs)}}
    return render(request, f"errors/{status}.html", context, status=status)


def back_url(kwargs: dict[str, Any]) -> str:
    """The page on which it was tried: the lesson's panel, the day, or the person's jobs."""
    if "need" in kwargs:
        return reverse("board-cell", kwargs=kwargs)
    return reverse("board", kwargs=kwargs) if "date" in kwargs else reverse("offers")
