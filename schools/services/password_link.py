"""The mail with which a person chooses a password."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.template.loader import render_to_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from schools.models import User
from schools.outbox.channels import Notice
from schools.outbox.email import Mail


def password_link_mails(notice: Notice) -> list[Mail]:
    """The mail, or none when the login was switched off or deleted meanwhile."""
    user = User.objects.filter(
        pk=notice.payload["user"], district_id=notice.district_id, is_active=True
    ).first()
    if user is None:
        return []
    site = urlsplit(settings.SITE_URL)
    context = {
        "email": user.email,
        "protocol": site.scheme,
        "domain": site.netloc,
        "uid": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
    subject = render_to_string("registration/password_reset_subject.txt", context)
    text = render_to_string("registration/password_reset_email.txt", context)
    return [Mail(user.email, subject, text, notice.uuid)]
