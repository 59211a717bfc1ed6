"""Who may act where, and since when."""

from django.db import models
from django.db.models import Q

from schools.tenancy.owned import DistrictOwned, Public, TenantKey
from schools.tenancy.wall import Wall

from .fields import choice, one_of


class Role(models.TextChoices):
    DISTRICT_ADMIN = "district_admin", "District administrator"
    DISTRICT_VIEWER = "district_viewer", "District viewer"
    COVER_MANAGER = "cover_manager", "Cover manager"
    APPROVER = "approver", "Approver"
    TEACHER = "teacher", "Teacher"
    SUBSTITUTE = "substitute", "Substitute"
    SCHOOL_VIEWER = "school_viewer", "School viewer"


DISTRICT_ROLES = (Role.DISTRICT_ADMIN, Role.DISTRICT_VIEWER, Role.SUBSTITUTE)


class Membership(Public, DistrictOwned):
    """User × (district or one school) × role × dates. Both dates are inclusive."""

    wall = Wall("school")
    school = TenantKey("schools.School", models.PROTECT, null=True, blank=True, related_name="+")
    user = TenantKey("schools.User", models.PROTECT, related_name="memberships")
    role = choice(Role)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("membership", "role", Role),
            models.UniqueConstraint(
                fields=["user", "school", "role"],
                nulls_distinct=False,
                name="membership_once_per_place_and_role",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(role__in=DISTRICT_ROLES, school__isnull=True)
                | (~Q(role__in=DISTRICT_ROLES) & Q(school__isnull=False)),
                name="membership_district_roles_have_no_school",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"
