"""The forms of signing in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm

from schools.models import User


class SignInForm(AuthenticationForm):
    """E-mail and password; the e-mail in any case."""

    username = forms.EmailField(
        label="E-mail",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    error_messages = {
        "invalid_login": "E-mail and password don't belong together. Check both, or get a new password below.",
        "inactive": "This account is switched off. The district's office can switch it on.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "E-mail"


class NewPasswordForm(PasswordResetForm):
    """Also reaches accounts that never had a password: the link is how they get their first one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail"

    def get_users(self, email: str) -> Iterable[User]:
        return User.objects.filter(email=User.objects.normalize_email(email), is_active=True)
