"""The outer and the inner tenant."""

import zoneinfo
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from schools.tenancy.manager import TenantManager
from schools.tenancy.wall import Wall


def known_zone(name: str) -> None:
    """Refuse a time zone the system does not know."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(f"“{name}” is not a time zone; use an IANA name such as Europe/Madrid")


class District(models.Model):
    """Who employs the people and pays for cover: the outer tenant."""

    wall: ClassVar[Wall] = Wall("district itself")
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    timezone = models.CharField(max_length=64, default="UTC", validators=[known_zone])
    is_demo = models.BooleanField(default=False, help_text="holds generated data only")
    created_at = models.DateTimeField(auto_now_add=True)
    objects = TenantManager["District"]()

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """The inner tenant. Its slug is its name for the outside: unique in the installation, never changed."""

    wall: ClassVar[Wall] = Wall("school itself")
    district = models.ForeignKey(District, models.PROTECT, related_name="+", db_index=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    timezone = models.CharField(max_length=64, validators=[known_zone])
    phone = models.CharField(
        max_length=40, blank=True, help_text="the office, shown where a report could not be sent"
    )
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    objects = TenantManager["School"]()

    class Meta:
        indexes = [models.Index(fields=["district", "slug"], name="schools_school_by_district")]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The school's own time zone: every date and time people see is in it."""
        return zoneinfo.ZoneInfo(self.timezone)
