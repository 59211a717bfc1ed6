"""Sign-in, the forgotten password, and the way from `/` to one's work."""

from django.urls import path

from . import sign_in
from .home import home

urlpatterns = [
    path("", home, name="home"),
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("password/", sign_in.PasswordReset.as_view(), name="password-reset"),
    path("password/sent/", sign_in.PasswordResetDone.as_view(), name="password-reset-done"),
    path(
        "password/new/<uidb64>/<token>/",
        sign_in.PasswordResetConfirm.as_view(),
        name="password-reset-confirm",
    ),
    path("password/saved/", sign_in.PasswordResetComplete.as_view(), name="password-reset-complete"),
]
