"""The API's addresses of absences."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from .views import AbsenceViewSet, ReasonViewSet

router = SimpleRouter()
router.register("absence-reasons", ReasonViewSet, basename="api-absence-reason")
router.register("absences", AbsenceViewSet, basename="api-absence")

urlpatterns = [path("api/v1/", include(router.urls))]
