"""The timetable: effective-dated versions of who teaches what to whom, where and when."""

from django.db import models

from schools.models import Period
from schools.models.fields import choice, one_of
from schools.tenancy.owned import Public, SchoolOwned, TenantKey

from .person import Post


class Timetable(Public, SchoolOwned):
    """One version. On a date the version with the latest `effective_from` not after it counts; of equals, the newest."""

    name = models.CharField(max_length=120)
    effective_from = models.DateField()
    source = models.CharField(max_length=24, help_text="the format it was read from")
    cycle_days = models.PositiveSmallIntegerField()
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = TenantKey("schools.User", models.PROTECT, null=True, blank=True, related_name="+")
    report = models.JSONField(
        default=dict, help_text="notices of the import: vacancies, doubles, defaults used"
    )

    class Meta:
        indexes = [models.Index(fields=["school", "-effective_from", "-id"], name="timetable_by_school")]

    def __str__(self) -> str:
        return self.name


class Subject(SchoolOwned):
    """What is taught. `required_credential` names the clearance without which nobody may take the class."""

    code = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    required_credential = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "code"], name="subject_code_once")]

    def __str__(self) -> str:
        return self.name


class Section(SchoolOwned):
    """A class, or any other group of pupils that is taught together. `bell` names the bells it lives by."""

    code = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    size = models.PositiveSmallIntegerField(null=True, blank=True)
    bell = models.CharField(max_length=24, blank=True)
    weight = models.PositiveSmallIntegerField(
        default=1, help_text="how much an uncovered minute of it hurts: 1 to 4"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "code"], name="section_code_once")]

    def __str__(self) -> str:
        return self.name


class Room(SchoolOwned):
    """A place to teach in."""

    code = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "code"], name="room_code_once")]

    def __str__(self) -> str:
        return self.name


class LessonKind(models.TextChoices):
    LESSON = "lesson", "Lesson"
    DUTY = "duty", "Duty"
    STANDBY = "standby", "Standby"
    MEETING = "meeting", "Meeting"


class Lesson(Public, SchoolOwned):
    """One slot of a timetable. A double lesson is two rows with the same `block`.

    A standby is scheduled time to cover; a meeting makes people busy and needs no cover; a vacant lesson has no teacher at all
    and is listed as a standing vacancy.
    """

    timetable = TenantKey(Timetable, models.CASCADE, related_name="lessons", db_index=False)
    block = models.CharField(max_length=80, blank=True)
    cycle_day = models.PositiveSmallIntegerField()
    period = TenantKey(Period, models.PROTECT, related_name="lessons")
    subject = TenantKey(Subject, models.PROTECT, null=True, blank=True, related_name="lessons")
    kind = choice(LessonKind, default=LessonKind.LESSON)
    is_vacant = models.BooleanField(default=False)
    posts = models.ManyToManyField(Post, through="LessonPost", related_name="lessons")
    sections = models.ManyToManyField(Section, through="LessonSection", related_name="lessons")
    rooms = models.ManyToManyField(Room, through="LessonRoom", related_name="lessons")

    class Meta:
        constraints = [one_of("lesson", "kind", LessonKind)]
        indexes = [models.Index(fields=["timetable", "cycle_day"], name="lesson_by_day")]

    def __str__(self) -> str:
        return self.block


class LessonPost(SchoolOwned):
    """Who teaches a lesson; two rows are co-teachers."""

    lesson = TenantKey(Lesson, models.CASCADE, related_name="lesson_posts", db_index=False)
    post = TenantKey(Post, models.PROTECT, related_name="lesson_posts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "post"], name="lessonpost_once")]

    def __str__(self) -> str:
        return f"{self.lesson_id}/{self.post_id}"


class LessonSection(SchoolOwned):
    """Who is taught; `part` names a part of the class, empty for all of it."""

    lesson = TenantKey(Lesson, models.CASCADE, related_name="lesson_sections", db_index=False)
    section = TenantKey(Section, models.PROTECT, related_name="lesson_sections")
    part = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lesson", "section", "part"], name="lessonsection_once")
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id}/{self.section_id}"


class LessonRoom(SchoolOwned):
    """Where a lesson is held; most have one room, some several, some none."""

    lesson = TenantKey(Lesson, models.CASCADE, related_name="lesson_rooms", db_index=False)
    room = TenantKey(Room, models.PROTECT, related_name="lesson_rooms")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "room"], name="lessonroom_once")]

    def __str__(self) -> str:
        return f"{self.lesson_id}/{self.room_id}"
