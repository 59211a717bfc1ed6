"""Humans of a district, and their posts at its schools."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from schools.models.fields import choice, one_of
from schools.tenancy.owned import DistrictOwned, Public, SchoolOwned, TenantKey, TenantOneToOne
from schools.tenancy.wall import Wall

OWN_POSTS = "{post_id} IN (SELECT id FROM staffing_post WHERE person_id = {:person})"


class Person(Public, DistrictOwned):
    """A human in the district; may be teacher and substitute at once.

    A school sees the people with a post in it and the substitutes of the pool; the manager narrows to them.
    """

    wall = Wall(
        "district",
        within_schools=(
            "{id} IN (SELECT person_id FROM staffing_post WHERE school_id = ANY({:schools}) "
            "UNION ALL SELECT person_id FROM staffing_substituteprofile WHERE district_id = {:district})"
        ),
        within_self="{id} = {:person}",
    )
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    user = TenantOneToOne("schools.User", models.PROTECT, null=True, blank=True, related_name="person")
    notes = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["district", "name"], name="person_by_name")]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class PostKind(models.TextChoices):
    TEACHER = "teacher", "Teacher"
    COVER_SUPERVISOR = "cover_supervisor", "Cover supervisor"
    SUPPORT = "support", "Support staff"


class Post(Public, SchoolOwned):
    """Person × school × dates: what the API calls staff. Both dates are inclusive; an unknown FTE is 1.0."""

    wall = Wall("school", within_self="{person_id} = {:person}")
    person = TenantKey(Person, models.PROTECT, related_name="posts", db_index=False)
    kind = choice(PostKind, default=PostKind.TEACHER)
    code = models.CharField(max_length=40, blank=True, help_text="the name the timetable knows this post by")
    fte = models.DecimalField(max_digits=4, decimal_places=3, default=Decimal("1.0"))
    contract_minutes = models.PositiveIntegerField(
        null=True, blank=True, help_text="teaching minutes a week by contract"
    )
    department = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("post", "kind", PostKind),
            models.UniqueConstraint(fields=["school", "code"], condition=~Q(code=""), name="post_code_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="post_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(fte__gt=0), name="post_fte_positive"),
        ]
        indexes = [
            models.Index(fields=["school", "person"], name="post_by_school"),
            models.Index(fields=["person"], name="post_by_person"),
        ]

    def __str__(self) -> str:
        return self.code or str(self.uuid)
