"""People of the district, with their posts and what makes them substitutes."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from schools.admin.base import OfficeAdmin, OfficeInline, caller_of
from schools.models import User
from staffing.models import Availability, Credential, Person, Post, Preference, SubstituteProfile

from .fields import NamedWeekdays


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # subscripted by the stubs only
    """The login is named by its e-mail: only one of the person's own district is found."""

    login = forms.EmailField(
        required=False, help_text="e-mail of the login this person signs in with; empty: none"
    )
    district_id: int

    class Meta:
        model = Person
        fields = ("name", "email", "phone", "notes")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.user is not None:
            self.initial["login"] = self.instance.user.email

    def clean_login(self) -> User | None:
        email = User.objects.normalize_email(self.cleaned_data["login"])
        if not email:
            return None
        user = User.objects.filter(email=email, district_id=self.district_id).first()
        if user is None:
            raise ValidationError("There is no login with this e-mail in the district.")
        if Person.objects.filter(user=user).exclude(pk=self.instance.pk).exists():
            raise ValidationError("This login belongs to another person already.")
        return user

    def save(self, commit: bool = True) -> Person:
        self.instance.user = self.cleaned_data["login"]
        found: Person = super().save(commit)
        return found


class PostInline(OfficeInline):
    model = Post
    fields = ("school", "kind", "code", "fte", "department", "starts_on", "ends_on")
    can_delete = False  # type: ignore[misc]  # Django calls the inline's own switch the same
    show_change_link = True


class SubstituteInline(OfficeInline):
    model = SubstituteProfile
    fields = ("half_day_cents", "day_cents", "max_half_days_a_week", "active_from", "active_until")
    can_delete = False  # type: ignore[misc]  # Django calls the inline's own switch the same


class CredentialInline(OfficeInline):
    model = Credential
    fields = ("kind", "code", "valid_from", "expires_on")


class AvailabilityInline(NamedWeekdays, OfficeInline):
    model = Availability
    fields = ("weekday", "date", "starts", "ends", "is_available")


class PreferenceInline(OfficeInline):
    model = Preference
    fields = ("school", "side", "wish", "rank")


@admin.register(Person)
class PersonAdmin(OfficeAdmin[Person]):
    """One human: contacts, login, posts at schools, place in the pool."""

    form = PersonForm
    fields = ("name", "email", "phone", "login", "notes")
    exclude = ()
    list_display = ("name", "email", "phone", "login_of")
    list_select_related = ("user",)
    search_fields = ("name", "email")
    ordering = ("name",)
    inlines = (PostInline, SubstituteInline, CredentialInline, AvailabilityInline, PreferenceInline)

    @admin.display(description="login")
    def login_of(self, person: Person) -> str:
        return person.user.email if person.user else ""

    def get_form(
        self, request: HttpRequest, obj: Person | None = None, change: bool = False, **options: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **options)
        form.district_id = caller_of(request).district_id
        return form
