"""Every error of the API is a problem document (RFC 9457)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework import exceptions
from rest_framework.views import set_rollback

from schools.access.find import NotFound
from schools.answers import problem
from schools.errors import Conflict, Refused


def problem_response(error: Exception, context: dict[str, Any]) -> HttpResponseBase | None:
    """The answer to an exception of a view; None lets Django make a 500 of it."""
    request = context["request"]._request
    set_rollback()
    match error:
        case Refused():
            errors = {error.field: [error.message]} if error.field else {}
            return problem(request, 400, error.message, errors=errors)
        case Conflict():
            return problem(request, 409, error.message, theirs=error.theirs, yours=error.yours)
        case NotFound():
            return problem(request, 400, str(error))
        case Http404() | exceptions.NotFound():
            return problem(request, 404, "There is no such thing here, or it is not yours.")
        case exceptions.ValidationError():
            return problem(request, 400, "Some fields are not right.", errors=error.detail)
        case PermissionDenied() | exceptions.PermissionDenied():
            return problem(request, 403, "Your role does not allow this.")
        case exceptions.APIException():
            return problem(request, error.status_code, str(error.detail))
    return None
