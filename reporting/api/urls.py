"""The API's addresses of reports."""

from django.urls import path

from .coverage import Coverage

urlpatterns = [path("api/v1/reports/coverage/", Coverage.as_view(), name="api-report-coverage")]
