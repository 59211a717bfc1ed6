"""The one place from which notices leave as mail."""

import hashlib
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to one person about one message. Sent twice it carries the same Message-ID, so that a mailbox shows it once."""

    to: str
    subject: str
    text: str
    about: UUID

    def send(self) -> None:
        """Hand it to the mail server. Raises OSError or SMTPException when that fails."""
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        person = hashlib.sha256(self.to.lower().encode()).hexdigest()[:12]
        EmailMessage(
            subject=" ".join(self.subject.split()),
            body=self.text,
            to=[self.to],
            headers={
                "Message-ID": f"<{self.about}.{person}@{domain}>",
                "X-Teachercover-Message": str(self.about),
                "Auto-Submitted": "auto-generated",
            },
        ).send()


def link_to(path: str) -> str:
    """The full address of a page, for mails: there is no request to take the host from."""
    return urljoin(settings.SITE_URL, path)
