"""The API takes the user the middleware authenticated; a browser session must also carry its CSRF token."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class DoorAuthentication(SessionAuthentication):
    """The session's or the token's user, as the middleware found it."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        user = getattr(request._request, "user", None)
        if user is None or not user.is_authenticated:
            return None
        if not getattr(request._request, "by_token", False):
            self.enforce_csrf(request)
        return user, getattr(request._request, "auth_token", None)

    def authenticate_header(self, request: Request) -> str:
        return "Token"


class DoorAuthenticationScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # untyped base
    """How the schema describes it."""

    target_class = DoorAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Authorization: Token …` from POST /api/v1/auth/token/",
        }
