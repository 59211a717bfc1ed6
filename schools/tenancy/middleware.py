"""Opens the door round each view.

The order: authenticate by session or token → read what the view declares → open the login's district and read its
memberships → narrow to the scope the permission gives → run the view → roll back when the answer is an error.
A view that declares `outside` runs after the door is closed again, with the scope it may open.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve
from django.utils import timezone

from schools.access.caller import Caller, read_caller
from schools.access.doors import PUBLIC, Door, door_of, methods_of, permission_for, runs_outside
from schools.access.tokens import TokenRefused, user_of_token
from schools.answers import error_page, problem
from schools.models import School, User
from schools.web.errors import page_not_found, permission_denied

from .door import narrowed, tenant
from .scope import Scope


class TenantMiddleware:
    """Every request that touches tenant rows runs inside one door, and nothing runs outside by mistake."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        declared = door_of(match.func, match.app_names) or PUBLIC
        try:
            user = self._authenticate(request)
        except TokenRefused as refused:
            return problem(request, 401, str(refused))
        if declared.where == "public":
            return self.get_response(request)
        if user is None:
            return self._ask_to_sign_in(request)
        if declared.where == "signed in":
            return self.get_response(request)
        if declared.permissions and not permission_for(match.func, declared, request.method or "GET"):
            return self._not_answered(request, match.func, declared)
        return self._inside(request, user, declared, match.func, match.kwargs)

    def _authenticate(self, request: HttpRequest) -> User | None:
        request.by_token = False  # type: ignore[attr-defined]  # read by the API's authentication
        if request.headers.get("Authorization", "").lower().startswith("token "):
            request.user = user_of_token(request)
            request.by_token = True  # type: ignore[attr-defined]
        user: Any = request.user
        return None if isinstance(user, AnonymousUser) or not user.is_authenticated else user

    def _ask_to_sign_in(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/api/"):
            return problem(request, 401, "Sign in first: send `Authorization: Token …`.")
        return HttpResponseRedirect(
            f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}"
        )

    def _not_answered(self, request: HttpRequest, callback: Any, declared: Door) -> HttpResponse:
        """A method without a permission never reaches the view, whatever the view would make of it."""
        answer = error_page(request, 405)
        answer["Allow"] = ", ".join(methods_of(callback, declared))
        return answer

    def _inside(
        self, request: HttpRequest, user: User, declared: Door, callback: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase:
        with tenant(Scope.district(user.district_id)):
            caller = read_caller(user, on=timezone.localdate())
            request.caller = caller  # type: ignore[attr-defined]  # what views and templates ask
            try:
                scope = _scope(request, caller, declared, callback, kwargs)
            except Http404:
                return page_not_found(request)
            if scope is None:
                return permission_denied(request)
            request.scope = scope  # type: ignore[attr-defined]  # for views that open their own doors
            if not runs_outside(callback, declared, request.method or "GET"):
                with narrowed(scope):
                    return self._answer(request)
        return self.get_response(request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        """The view's answer inside the door; an error undoes what was written."""
        response = self.get_response(request)
        if response.status_code >= 400:
            transaction.set_rollback(True)
        if response.streaming:
            raise RuntimeError(
                "a streamed answer would leave the door; large exports are files made by a task"
            )
        return response


def _scope(
    request: HttpRequest, caller: Caller, declared: Door, callback: Any, kwargs: dict[str, Any]
) -> Scope | None:
    """The scope of this request; None means 403. Raises Http404 for a school that is not the caller's."""
    permission = permission_for(callback, declared, request.method or "GET")
    if declared.where == "school":
        school = School.objects.filter(slug=kwargs["school"], archived_at__isnull=True).first()
        if school is None or not caller.knows_school(school.pk):
            raise Http404("There is no such school here.")
        request.school = school  # type: ignore[attr-defined]  # the school of the URL, inside its door
        return caller.school_scope_for(permission, school.pk) if permission else caller.self_scope()
    if permission is None:
        return caller.self_scope()
    if declared.where == "district":
        return Scope.district(caller.district_id) if caller.may(permission) else None
    if declared.where == "self":
        return caller.self_scope() if caller.may(permission) else None
    return caller.scope_for(permission)
