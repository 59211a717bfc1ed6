"""Values that differ from the defaults registered in code (schools/settings_registry.py)."""

from django.db import models

from schools.tenancy.owned import DistrictOwned, TenantKey
from schools.tenancy.wall import Wall


class Setting(DistrictOwned):
    """One value, for the whole district or for one school. Effective value: default → district → school."""

    wall = Wall("mixed")
    school = TenantKey("schools.School", models.PROTECT, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=80)
    value = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "school", "key"], nulls_distinct=False, name="setting_once_per_place"
            )
        ]

    def __str__(self) -> str:
        return self.key
