"""Answers to what went wrong: a page for people, a problem document (RFC 9457) for programs."""

import sys
from typing import Any

from django.db import OperationalError
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


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(
        request,
        403,
        "Your role does not allow this. The cover manager or the district office can change that.",
    )


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404, "There is nothing at this address, or it is not yours.")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(
        request,
        403,
        "The page was open too long. Nothing was saved: go back, reload the page and send it again.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 with Retry-After when the database cannot be reached or has no connection left."""
    if isinstance(sys.exc_info()[1], OperationalError):
        response = error_page(
            request, 503, "The database cannot be reached. Nothing was saved; try again in a moment."
        )
        response["Retry-After"] = "5"
        return response
    return error_page(
        request, 500, "It was recorded. Nothing was saved; try again, and tell the office if it stays."
    )
