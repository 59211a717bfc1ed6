"""Sign-in, sign-out and the forgotten password. These pages run outside every door."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse_lazy

from schools.access.doors import PUBLIC
from schools.access.limits import account_name, too_many_tries
from schools.answers import problem, too_many_requests, wants_json
from schools.services.users import end_sign_ins

from .forms import NewPasswordForm, SignInForm


class SignIn(views.LoginView):
    """The one page by which everybody comes in."""

    door = PUBLIC
    template_name = "registration/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if too_many_tries(request, "sign-in", account_name(request)):
            return too_many_requests(request)
        return super().post(request, *args, **kwargs)


class SignOut(views.LogoutView):
    door = PUBLIC


class PasswordReset(views.PasswordResetView):
    """Answers the same whether the address is known or not."""

    door = PUBLIC
    form_class = NewPasswordForm
    email_template_name = "registration/password_reset_email.txt"
    subject_template_name = "registration/password_reset_subject.txt"
    success_url = reverse_lazy("password-reset-done")

    def post(self, request: HttpRequest, *args: str, **kwargs: Any) -> HttpResponse:
        if too_many_tries(request, "password-reset", request.POST.get("email", "").strip().lower()):
            return too_many_requests(request)
        return super().post(request, *args, **kwargs)


class PasswordResetDone(views.PasswordResetDoneView):
    door = PUBLIC


class PasswordResetConfirm(views.PasswordResetConfirmView):
    """A new password ends whatever was signed in with the old one, API tokens included."""

    door = PUBLIC
    success_url = reverse_lazy("password-reset-complete")

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        end_sign_ins(user=form.user)
        return answer


class PasswordResetComplete(views.PasswordResetCompleteView):
    door = PUBLIC


def locked_out(
    request: HttpRequest, credentials: dict[str, Any] | None, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    """After too many wrong passwords for one account from one address: wait, or reset the password."""
    cool_off: timedelta = settings.AXES_COOLOFF_TIME
    minutes = int(cool_off.total_seconds() // 60)
    answer: HttpResponse
    if wants_json(request):
        answer = problem(
            request, 429, f"Too many wrong passwords for this account. Try again in {minutes} minutes."
        )
    else:
        page = render_to_string("registration/locked_out.html", {"minutes": minutes}, request)
        answer = HttpResponse(page, status=429)
    answer["Retry-After"] = str(int(cool_off.total_seconds()))
    return answer
