"""From a person and a template to a mail; what cannot be sent is recorded."""

from typing import Any

from django.db import models
from django.template.loader import render_to_string

from schools.models import School
from schools.outbox.channels import Notice
from schools.outbox.email import Mail
from schools.services.audit import record
from staffing.models import Person


def mails_to_person(
    notice: Notice, person: Person, template: str, context: dict[str, Any], *, about: models.Model
) -> list[Mail]:
    """One mail to a person. Somebody without an address gets none, and the record says so with the row it was about."""
    address = person.email or (person.user.email if person.user else "")
    if not address:
        record(action="notice.skip", subject=about, actor=None, reason=f"{notice.topic}: no e-mail address")
        return []
    return [mail(notice, address, template, {"name": person.name, **context})]


def mail(notice: Notice, address: str, template: str, context: dict[str, Any]) -> Mail:
    """A mail from `templates/email/coverplans/<template>_subject.txt` and `…_text.txt`."""
    start = f"email/coverplans/{template}"
    return Mail(
        address,
        render_to_string(f"{start}_subject.txt", context).strip(),
        render_to_string(f"{start}_text.txt", context).strip() + "\n",
        notice.uuid,
    )


def school_of(notice: Notice) -> School:
    """The school of the open door."""
    return School.objects.get(pk=notice.school_id or 0)


def person_of(notice: Notice) -> Person | None:
    """Whom the message is for; None when they left the school and the pool meanwhile."""
    return Person.objects.filter(pk=notice.payload["person"]).select_related("user").first()
