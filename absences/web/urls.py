"""The pages of absences: `absence…` for the absentee, `office-absence…` and `phone-in` for the school."""

from django.urls import path

from . import office, own

urlpatterns = [
    path("absences/", own.absences, name="absences"),
    path("absences/new/", own.report, name="absence-new"),
    path("absences/<uuid:absence>/", own.detail, name="absence-detail"),
    path("absences/<uuid:absence>/change/", own.change, name="absence-change"),
    path("absences/<uuid:absence>/cancel/", own.cancel, name="absence-cancel"),
    path("schools/<slug:school>/absences/", office.absences, name="school-absences"),
    path("schools/<slug:school>/absences/new/", office.phone_in, name="phone-in"),
    path("schools/<slug:school>/absences/<uuid:absence>/", office.detail, name="office-absence"),
    path(
        "schools/<slug:school>/absences/<uuid:absence>/change/", office.change, name="office-absence-change"
    ),
    path(
        "schools/<slug:school>/absences/<uuid:absence>/cancel/", office.cancel, name="office-absence-cancel"
    ),
    path(
        "schools/<slug:school>/absences/<uuid:absence>/decide/", office.decide, name="office-absence-decide"
    ),
]
