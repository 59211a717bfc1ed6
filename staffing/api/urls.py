"""The API's addresses of people and timetables."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from .views import LessonViewSet, StaffViewSet, SubstituteViewSet

router = SimpleRouter()
router.register("staff", StaffViewSet, basename="api-staff")
router.register("substitutes", SubstituteViewSet, basename="api-substitute")
router.register("lessons", LessonViewSet, basename="api-lesson")

urlpatterns = [path("api/v1/", include(router.urls))]
