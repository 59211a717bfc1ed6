"""The pages of timetables."""

from django.urls import path

from .timetable import upload_timetable

urlpatterns = [path("schools/<slug:school>/timetable/", upload_timetable, name="timetable-upload")]
