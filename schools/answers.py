"""Answers to what went wrong: a page for people, a problem document (RFC 9457) for programs.

They need no database and no door, so that pages and API can give them whatever happened.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

TITLES = {
    400: "That request cannot be understood",
    401: "Sign in first",
    403: "Not yours to do",
    404: "Nothing here",
    405: "Not possible here",
    409: "Somebody else was faster",
    422: "Something in it is not right",
    429: "Too many tries",
    500: "That is our fault",
    503: "Just now it does not work",
}


def wants_json(request: HttpRequest) -> bool:
    """True for the API and for clients that ask for JSON and not for a page."""
    accept = request.headers.get("Accept", "")
    return request.path_info.startswith("/api/") or ("json" in accept and "html" not in accept)


def problem(request: HttpRequest, status: int, detail: str, **extra: Any) -> JsonResponse:
    """A problem document."""
    body = {
        "type": "about:blank",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "detail": detail,
        **extra,
    }
    response = JsonResponse(body, status=status, content_type="application/problem+json")
    if status == 401:
        response["WWW-Authenticate"] = "Token"
    return response


def error_page(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    """The answer in the form the client asked for. Error pages need no database and no door."""
    if wants_json(request):
        return problem(request, status, detail or TITLES[status])
    context = {"status": status, "title": TITLES[status], "detail": detail}
    return HttpResponse(render_to_string(f"errors/{status}.html", context), status=status)


def too_many_requests(request: HttpRequest, *, seconds: int = 60) -> HttpResponse:
    """429 with the time after which another try is worth it."""
    answer = error_page(request, 429, "Too many tries in a short time. Wait a minute, then try again.")
    answer["Retry-After"] = str(seconds)
    return answer
