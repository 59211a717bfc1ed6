"""The office's site: open to district roles only, signed in through the same page as everybody."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class OfficeSite(admin.AdminSite):
    """The Django admin for district staff. The door round every page is opened by the middleware (district scope)."""

    site_header = "teachercover office"
    site_title = "teachercover office"
    index_title = "District office"
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        caller = getattr(request, "caller", None)
        return caller is not None and caller.may("office.open")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take pages that decide by the roles table; the libraries' own (groups, tokens) know nothing of districts."""
        # Its package registers pages here, so it comes later than we do.
        from schools.admin.base import Permissions

        if admin_class is not None and issubclass(admin_class, Permissions):
            super().register(model_or_iterable, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("sign-in")
