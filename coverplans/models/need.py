"""One lesson or duty that an absence leaves behind."""

from django.db import models
from django.db.models import F, Q

from absences.models import AbsenceDay
from schools.models.fields import choice, one_of
from schools.tenancy.owned import Public, SchoolOwned, TenantKey
from schools.tenancy.wall import Wall
from staffing.models import Lesson, Post


class NeedState(models.TextChoices):
    OPEN = "open", "open"
    COVERED = "covered", "covered"
    NOT_REQUIRED = "not_required", "not needed"
    WITHDRAWN = "withdrawn", "withdrawn"


class WhyNotRequired(models.TextChoices):
    CO_TAUGHT = "co_taught", "a colleague teaches the lesson too"
    SAME_LESSON = "same_lesson", "one adult is enough for this lesson"
    STILL_TAUGHT = "still_taught", "enough of the lesson remains taught"
    WAIVED = "waived", "the cover manager said so"


class CoverNeed(Public, SchoolOwned):
    """One per (date, lesson, absent post). It copies what the lesson was, so that a later timetable leaves it untouched.

    Times are half-open and computed once in the school's zone. `stands_with` points from a need that is not required to the
    open need of the same lesson.
    """

    wall = Wall(
        "school",
        within_self=(
            "({post_id} IN (SELECT id FROM staffing_post WHERE person_id = {:person}) "
            "OR {id} IN (SELECT need_id FROM coverplans_assignment WHERE person_id = {:person} AND to_version IS NULL))"
        ),
    )
    date = models.DateField()
    lesson = TenantKey(Lesson, models.PROTECT, related_name="needs")
    post = TenantKey(Post, models.PROTECT, related_name="needs", help_text="who is absent")
    absence_day = TenantKey(AbsenceDay, models.SET_NULL, null=True, related_name="needs")
    absent_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, help_text="kind of the lesson lost: lesson or duty")
    bell = models.CharField(max_length=24, blank=True)
    period_number = models.PositiveSmallIntegerField()
    period_name = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True)
    sections = models.CharField(max_length=400, blank=True)
    room = models.CharField(max_length=200, blank=True)
    priority = models.PositiveSmallIntegerField(default=1, help_text="weight of an uncovered minute, 1 to 4")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = choice(NeedState, default=NeedState.OPEN)
    why_not_required = choice(WhyNotRequired, blank=True)
    stands_with = TenantKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            one_of("coverneed", "state", NeedState),
            models.UniqueConstraint(fields=["date", "lesson", "post"], name="coverneed_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="coverneed_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state="not_required") ^ Q(why_not_required=""),
                name="coverneed_says_why_not_required",
            ),
        ]
        indexes = [models.Index(fields=["school", "date", "state"], name="coverneed_by_school")]

    def __str__(self) -> str:
        return f"{self.sections} {self.subject} {self.period_name}"
