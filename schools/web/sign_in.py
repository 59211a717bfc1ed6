"""Sign-in, sign-out and the forgotten password."""

from typing import Any

from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse_lazy

from schools.access.doors import PUBLIC
from schools.answers import problem, wants_json


class SignIn(views.LoginView):
    """The one page by which everybody comes in."""

    door = PUBLIC
    template_name = "registration/login.html"
    redirect_authenticated_user = True


class SignOut(views.LogoutView):
    door = PUBLIC


class PasswordReset(views.PasswordResetView):
    """Answers the same whether the address is known or not."""

    door = PUBLIC
    email_template_name = "registration/password_reset_email.txt"
    subject_template_name = "registration/password_reset_subject.txt"
    success_url = reverse_lazy("password-reset-done")


class PasswordResetDone(views.PasswordResetDoneView):
    door = PUBLIC


class PasswordResetConfirm(views.PasswordResetConfirmView):
    door = PUBLIC
    success_url = reverse_lazy("password-reset-complete")


class PasswordResetComplete(views.PasswordResetCompleteView):
    door = PUBLIC


def locked_out(
    request: HttpRequest, credentials: dict[str, Any] | None, *args: Any, **kwargs: Any
) -> HttpResponse:
    """After too many wrong passwords for one account from one address: wait, or reset the password."""
    if wants_json(request):
        return problem(request, 429, "Too many wrong passwords for this account. Try again in 15 minutes.")
    return HttpResponse(render_to_string("registration/locked_out.html", request=request), status=429)
