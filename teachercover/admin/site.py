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

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("sign-in")
