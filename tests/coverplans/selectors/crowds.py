"""Days on which many are out: for questions that must not grow with the day."""

import datetime as dt
from uuid import uuid4

from absences.models import Absence, AbsenceDay, AbsenceReason
from coverplans.models import CoverNeed
from coverplans.services.needs import recompute_needs
from schools.models import Period
from schools.tenancy.door import tenant
from staffing.models import (
    Lesson,
    LessonPost,
    LessonRoom,
    LessonSection,
    Person,
    Post,
    Room,
    Section,
    Subject,
)
from tests.coverplans.services.days import MORNING
from tests.world import MONDAY, YEAR_START, SchoolCast, at


def crowd_out(cast: SchoolCast, number: int) -> list[CoverNeed]:
    """So many more teachers, each of whom is out and leaves one lesson; the lessons spread over the six periods."""
    owned = {"district_id": cast.school.district_id, "school": cast.school}
    with tenant(cast.scope):
        periods = list(Period.objects.filter(cycle_day=1).order_by("number"))
        subject, room, section = Subject.objects.first(), Room.objects.first(), Section.objects.first()
        assert section is not None
        assert room is not None
        people = Person.objects.bulk_create(
            Person(district_id=cast.school.district_id, name=f"Teacher {at:02d}") for at in range(number)
        )
        posts = Post.objects.bulk_create(Post(**owned, person=one, starts_on=YEAR_START) for one in people)
        some = next(iter(cast.lessons.values()))
        lessons = Lesson.objects.bulk_create(
            Lesson(
                **owned,
                timetable=some.timetable,
                cycle_day=1,
                period=periods[at % len(periods)],
                subject=subject,
            )
            for at in range(number)
        )
        LessonPost.objects.bulk_create(
            LessonPost(**owned, lesson=lesson, post=post) for lesson, post in zip(lessons, posts, strict=True)
        )
        LessonSection.objects.bulk_create(
            LessonSection(**owned, lesson=one, section=section) for one in lessons
        )
        LessonRoom.objects.bulk_create(LessonRoom(**owned, lesson=one, room=room) for one in lessons)
        _out(cast, posts)
        recompute_needs(school=cast.school, date=MONDAY, actor=None, now=MORNING)
        return list(CoverNeed.objects.filter(post__in=posts).order_by("starts_at", "id"))


def _out(cast: SchoolCast, posts: list[Post]) -> None:
    owned = {"district_id": cast.school.district_id, "school": cast.school}
    reason = AbsenceReason.objects.get(code="sick")
    absences = Absence.objects.bulk_create(
        Absence(
            **owned,
            post=post,
            report=uuid4(),
            reason=reason,
            starts_on=MONDAY,
            ends_on=MONDAY,
            state="active",
            reported_at=MORNING,
        )
        for post in posts
    )
    AbsenceDay.objects.bulk_create(
        AbsenceDay(
            **owned,
            absence=absence,
            post=absence.post,
            date=MONDAY,
            kind="whole",
            starts_at=at("00:00"),
            ends_at=at("00:00", MONDAY + dt.timedelta(days=1)),
        )
        for absence in absences
    )
