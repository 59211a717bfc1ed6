"""The API's addresses that belong to the tenant itself; each app above brings its own in the same way."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from .docs import Docs, Schema
from .tokens import SignIn, SignOut
from .views import Me, SchoolViewSet

router = SimpleRouter()
router.register("schools", SchoolViewSet, basename="api-school")

urlpatterns = [
    path("api/v1/", include(router.urls)),
    path("api/v1/me/", Me.as_view(), name="api-me"),
    path("api/v1/auth/token/", SignIn.as_view(), name="api-sign-in"),
    path("api/v1/auth/logout/", SignOut.as_view(), name="api-sign-out"),
    path("api/schema/", Schema.as_view(), name="schema"),
    path("api/docs/", Docs.as_view(), name="api-docs"),
]
