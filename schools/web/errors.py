"""The pages of errors, as Django's handlers call them."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from schools.answers import error_page


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
