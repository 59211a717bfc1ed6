"""The API's addresses of cover."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from .needs import NeedViewSet
from .plans import PlanViewSet
from .takers import AssignmentViewSet, BookingViewSet, OfferViewSet

router = SimpleRouter()
router.register("cover-needs", NeedViewSet, basename="api-cover-need")
router.register("cover-plans", PlanViewSet, basename="api-cover-plan")
router.register("assignments", AssignmentViewSet, basename="api-assignment")
router.register("bookings", BookingViewSet, basename="api-booking")
router.register("offers", OfferViewSet, basename="api-offer")

urlpatterns = [path("api/v1/", include(router.urls))]
