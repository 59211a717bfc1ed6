"""The addresses of reports."""

from django.urls import path

from .coverage import reports

urlpatterns = [path("reports/", reports, name="reports")]
