"""Logins: made, switched off, switched on, and their passwords."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from knox.models import AuthToken

from schools.errors import Refused
from schools.models import District, User
from schools.outbox.announce import announce
from schools.services.audit import record

PASSWORD_LINK = "user.password_link"  # noqa: S105  a topic
"""The outbox topic of the mail with which a person chooses a password."""


def create_user(*, email: str, district: District, actor: User | None) -> User:
    """A new login without a password; a mail with the link to choose one is on its way.

    Raises Refused for an address that is malformed or taken.
    """
    address = User.objects.normalize_email(email)
    try:
        validate_email(address)
    except ValidationError as problem:
        raise Refused("This is not an e-mail address.", field="email") from problem
    if User.objects.filter(email=address).exists():
        raise Refused("This address has an account already.", field="email")
    user = User.objects.create_user(address, None, district=district)
    record(action="user.create", subject=user, actor=actor, changes={"email": (None, address)})
    send_password_link(user=user, actor=actor)
    return user


def send_password_link(*, user: User, actor: User | None) -> None:
    """Mail a link with which the person chooses a new password; the old one works until then."""
    if not user.is_active:
        raise Refused("This account is switched off; switch it on first.")
    record(action="user.password_link", subject=user, actor=actor)
    announce(PASSWORD_LINK, district_id=user.district_id, school_id=None, payload={"user": user.pk})


def deactivate_user(*, user: User, actor: User | None, reason: str = "") -> None:
    """Switch a login off: sessions and tokens end at once, everything recorded stays.

    The password goes too, so that no old session comes back to life when the login is switched on again.
    """
    if actor is not None and actor.pk == user.pk:
        raise Refused("You cannot switch yourself off.")
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        return
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    end_sign_ins(user=user)
    record(
        action="user.deactivate",
        subject=user,
        actor=actor,
        reason=reason,
        changes={"is_active": (True, False)},
    )


def reactivate_user(*, user: User, actor: User | None) -> None:
    """Switch a login on again and mail a link to choose a new password."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(action="user.reactivate", subject=user, actor=actor, changes={"is_active": (False, True)})
    send_password_link(user=user, actor=actor)


def end_sign_ins(*, user: User) -> None:
    """Make every API token of a login worthless. Browser sessions end by themselves when the password changes."""
    AuthToken.objects.filter(user=user).delete()
