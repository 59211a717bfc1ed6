"""Every address of the system."""

from django.contrib import admin
from django.urls import include, path

handler400 = "schools.web.errors.bad_request"
handler403 = "schools.web.errors.permission_denied"
handler404 = "schools.web.errors.page_not_found"
handler500 = "schools.web.errors.server_error"

urlpatterns = [
    path("", include("schools.web.urls")),
    path("", include("absences.web.urls")),
    path("", include("coverplans.web.urls")),
    path("", include("staffing.web.urls")),
    path("", include("reporting.web.urls")),
    path("", include("schools.api.urls")),
    path("", include("staffing.api.urls")),
    path("", include("absences.api.urls")),
    path("", include("coverplans.api.urls")),
    path("", include("reporting.api.urls")),
    path("admin/", admin.site.urls),
]
