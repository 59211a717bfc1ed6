"""Who takes a need, from one version of the plan to another."""

from django.db import models
from django.db.models import F, Q

from schools.models.fields import choice, one_of
from schools.tenancy.owned import Public, SchoolOwned, TenantKey
from schools.tenancy.wall import Wall
from staffing.models import Lesson, Person, PersonHold, Post

from .booking import Booking
from .need import CoverNeed


class AssignmentKind(models.TextChoices):
    INTERNAL = "internal", "colleague"
    STANDBY = "standby", "colleague on standby"
    SUPERVISOR = "supervisor", "cover supervisor"
    EXTERNAL = "external", "substitute"
    MERGE = "merge", "merged with another class"
    CO_TEACHER = "co_teacher", "co-teacher alone"
    SELF_STUDY = "self_study", "self-study"
    CANCEL_LESSON = "cancel_lesson", "lesson cancelled"
    MOVED = "moved", "lesson moved"


BY_COLLEAGUE = ("internal", "standby", "supervisor")
TYPED_MEASURES = ("merge", "co_teacher", "self_study", "cancel_lesson", "moved")


class AssignmentState(models.TextChoices):
    PROPOSED = "proposed", "planned"
    AWAITING = "awaiting", "awaiting an answer"
    CONFIRMED = "confirmed", "confirmed"
    ENDED = "ended", "ended"


class Assignment(Public, SchoolOwned):
    """A need's taker. It belongs to the versions v with `from_version ≤ v` and (`to_version` empty or v < `to_version`).

    It is not copied between versions, so its id, its credits and its place in calendar feeds stay. A published assignment of a
    colleague owns a hold; an external one lies inside its booking, which owns the hold.
    """

    wall = Wall("school", within_self="{person_id} = {:person}")
    need = TenantKey(CoverNeed, models.PROTECT, related_name="assignments")
    date = models.DateField()
    kind = choice(AssignmentKind)
    person = TenantKey(Person, models.PROTECT, null=True, blank=True, related_name="assignments")
    post = TenantKey(Post, models.PROTECT, null=True, blank=True, related_name="assignments")
    booking = TenantKey(Booking, models.PROTECT, null=True, blank=True, related_name="assignments")
    into_lesson = TenantKey(
        Lesson,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="who receives a merged class",
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = choice(AssignmentState, default=AssignmentState.PROPOSED)
    is_locked = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False, help_text="chosen by the cover manager, not by the planner")
    from_version = models.PositiveIntegerField()
    to_version = models.PositiveIntegerField(null=True, blank=True)
    replaced_in = models.PositiveIntegerField(
        null=True, blank=True, help_text="the version whose publication ended it; taking that back revives it"
    )
    hold = TenantKey(PersonHold, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("assignment", "kind", AssignmentKind),
            one_of("assignment", "state", AssignmentState),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="assignment_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=TYPED_MEASURES, person__isnull=True)
                | (~Q(kind__in=TYPED_MEASURES) & Q(person__isnull=False)),
                name="assignment_person_unless_measure",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=BY_COLLEAGUE, state="confirmed") | Q(hold__isnull=False),
                name="assignment_confirmed_owns_a_hold",
            ),
            models.CheckConstraint(
                condition=~Q(kind="external") | Q(booking__isnull=False), name="assignment_external_is_booked"
            ),
            models.UniqueConstraint(
                fields=["need"], condition=Q(to_version__isnull=True), name="assignment_one_current"
            ),
        ]
        indexes = [
            models.Index(fields=["school", "date"], name="assignment_by_school"),
            models.Index(fields=["person", "date"], name="assignment_by_person_date"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
