"""Who did what to which row, when and why."""

from django.db import models

from schools.tenancy.owned import DistrictOwned, TenantKey
from schools.tenancy.wall import Wall


class AuditEntry(DistrictOwned):
    """Append-only: the application's role may not change or delete it. Written by services, never by signals."""

    wall = Wall("mixed", within_self="FALSE", append_only=True)
    school = TenantKey(
        "schools.School", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    actor = TenantKey("schools.User", models.PROTECT, null=True, blank=True, related_name="+")
    action = models.CharField(max_length=80, help_text="what was done, e.g. `absence.report`")
    object_type = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)
    changes = models.JSONField(
        default=dict, help_text="field → [before, after]; never notes or reasons of absence"
    )

    class Meta:
        indexes = [
            models.Index(fields=["school", "-at"], name="audit_by_school"),
            models.Index(fields=["district", "-at"], name="audit_by_district"),
            models.Index(fields=["object_type", "object_id"], name="audit_by_object"),
        ]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.action} {self.object_type}"
