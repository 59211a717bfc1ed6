"""Logins of the district, and their roles."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from schools.models import District, Membership, User
from schools.models.membership import Role
from schools.services.memberships import end_membership, grant_membership
from schools.services.users import create_user, deactivate_user, reactivate_user, send_password_link

from .base import OfficeInline, actor_of, caller_of
from .service_pages import ServiceAdmin


class RolesInline(OfficeInline):
    """What a login may do; given and ended on the page of roles."""

    model = Membership
    fields = ("role", "school", "starts_on", "ends_on")
    can_add = False
    can_change = False
    can_delete = False  # type: ignore[misc]  # Django calls the inline's own switch the same
    show_change_link = True


@admin.register(User)
class UserAdmin(ServiceAdmin[User]):
    """Logins lie outside the walls, so this page narrows to the district by itself."""

    list_display = ("email", "is_active", "last_login", "created_at")
    list_filter = ("is_active",)
    search_fields = ("email",)
    search_help_text = "part of the e-mail address"
    ordering = ("email",)
    actions = ("send_link", "switch_off", "switch_on")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[User]":
        return super().get_queryset(request).filter(district_id=caller_of(request).district_id)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("email", "is_active", "last_login", "created_at") if obj else ("email",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.get_fields(request, obj) if obj else ()

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return [RolesInline] if obj else []

    def write(self, request: HttpRequest, row: User, typed: dict[str, Any], change: bool) -> User:
        if change:
            return row
        return create_user(email=typed["email"], district=District.objects.get(), actor=actor_of(request))

    @admin.action(description="Mail a link to choose a password", permissions=["change"])
    def send_link(self, request: HttpRequest, users: "QuerySet[User]") -> None:
        for user in users:
            self.attempt(
                request,
                f"{user} gets a mail.",
                lambda user=user: send_password_link(user=user, actor=actor_of(request)),
            )

    @admin.action(description="Switch off: ends every sign-in at once", permissions=["change"])
    def switch_off(self, request: HttpRequest, users: "QuerySet[User]") -> None:
        for user in users:
            self.attempt(
                request,
                f"{user} is switched off.",
                lambda user=user: deactivate_user(user=user, actor=actor_of(request)),
            )

    @admin.action(description="Switch on again, with a mail to choose a password", permissions=["change"])
    def switch_on(self, request: HttpRequest, users: "QuerySet[User]") -> None:
        for user in users:
            self.attempt(
                request,
                f"{user} is switched on.",
                lambda user=user: reactivate_user(user=user, actor=actor_of(request)),
            )


class _CheckedByTheService(forms.ModelForm):  # type: ignore[type-arg]  # the stubs parametrise it by the model
    """The service says in words what the database's constraints say in theirs."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.instance.validate_constraints = lambda exclude=None: None


class MembershipForm(_CheckedByTheService):
    """The login is named by its e-mail; only one of the own district is found."""

    login = forms.EmailField(help_text="e-mail the person signs in with")
    district_id: int

    class Meta:
        model = Membership
        fields = ("role", "school", "starts_on", "ends_on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["starts_on"].initial = timezone.localdate

    def clean_login(self) -> User:
        email = User.objects.normalize_email(self.cleaned_data["login"])
        user = User.objects.filter(email=email, district_id=self.district_id).first()
        if user is None:
            raise ValidationError("There is no login with this e-mail in the district; add it first.")
        return user


class DatesForm(_CheckedByTheService):
    """Of a role that was given only the dates change."""

    class Meta:
        model = Membership
        fields = ("starts_on", "ends_on")


@admin.register(Membership)
class MembershipAdmin(ServiceAdmin[Membership]):
    list_display = ("user", "role", "school", "starts_on", "ends_on")
    list_filter = ("role",)
    list_select_related = ("user", "school")
    search_fields = ("user__email",)
    search_help_text = "part of the e-mail address"
    ordering = ("user__email", "pk")
    actions = ("end_today",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, form=DatesForm if obj else MembershipForm, **kwargs)
        form.district_id = caller_of(request).district_id
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        first = ("user",) if obj else ("login",)
        return (*first, "role", "school", "starts_on", "ends_on")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("user", "role", "school") if obj else ()

    def write(self, request: HttpRequest, row: Membership, typed: dict[str, Any], change: bool) -> Membership:
        return grant_membership(
            user=row.user if change else typed["login"],
            role=Role(row.role),
            school=row.school,
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            actor=actor_of(request),
        )

    @admin.action(description="End with today", permissions=["change"])
    def end_today(self, request: HttpRequest, rows: "QuerySet[Membership]") -> None:
        today = timezone.localdate()
        for row in rows.select_related("user"):
            self.attempt(
                request,
                f"{row.user}: the role “{row}” ends with today.",
                lambda row=row: end_membership(membership=row, on=today, actor=actor_of(request)),
            )
