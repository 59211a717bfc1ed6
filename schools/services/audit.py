"""The record of who did what to which row, when and why."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from schools.models import AuditEntry, School, User


def record(
    *,
    action: str,
    subject: models.Model,
    actor: User | None,
    reason: str = "",
    changes: dict[str, tuple[Any, Any]] | None = None,
) -> None:
    """Write one entry in the running transaction.

    `action` is `noun.verb` ("absence.cancel"); `changes` maps a field to (before, after), as plain JSON values. Never put a
    reason of absence or a note into `changes`: the audit is read by more people than they are.
    """
    AuditEntry.objects.create(
        district_id=_district_of(subject),
        school_id=_school_of(subject),
        actor=actor,
        action=action,
        object_type=subject._meta.label_lower,
        object_id=subject.pk,
        reason=reason,
        changes={field: list(pair) for field, pair in (changes or {}).items()},
    )


def record_all(*, action: str, subjects: Sequence[models.Model], actor: User | None) -> None:
    """Write one entry for each of many rows, without changes: one statement, none for no rows."""
    AuditEntry.objects.bulk_create(
        AuditEntry(
            district_id=_district_of(subject),
            school_id=_school_of(subject),
            actor=actor,
            action=action,
            object_type=subject._meta.label_lower,
            object_id=subject.pk,
        )
        for subject in subjects
    )


def _school_of(subject: models.Model) -> int | None:
    return subject.pk if isinstance(subject, School) else getattr(subject, "school_id", None)


def _district_of(subject: models.Model) -> int:
    return int(getattr(subject, "district_id", None) or subject.pk)
