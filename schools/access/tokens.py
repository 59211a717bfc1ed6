"""API tokens: hashed at rest, expiring, revocable."""

from typing import Any

from django.http import HttpRequest
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from schools.models import User


class TokenRefused(Exception):
    """The token is unknown, expired, malformed, or its user is switched off."""


def user_of_token(request: HttpRequest) -> User:
    """The user whose token the request carries. Raises TokenRefused."""
    try:
        authenticated: tuple[Any, Any] | None = TokenAuthentication().authenticate(request)
    except AuthenticationFailed as failure:
        raise TokenRefused(
            "The token is not valid or has expired; get a new one from /api/v1/auth/token/."
        ) from failure
    if authenticated is None:
        raise TokenRefused("The Authorization header must read `Token …`.")
    user, token = authenticated
    request.auth_token = token  # type: ignore[attr-defined]  # sign-out deletes it
    found: User = user
    return found
