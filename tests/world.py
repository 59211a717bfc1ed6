"""The cast every test starts from: two districts, three schools, one login per role, a small timetable.

Oak and Elm belong to the district North, Fir to South. Each school has six periods a day, Monday to Friday, four teachers
(Ada, Ben, Cleo, Dan), one cover supervisor, classes 7a and 8b. Ada teaches periods 1 to 3, Ben 1 and 4, Cleo 5 and 6, Dan 3
and 6 on each day. North and South have a substitute each. Canary words stand in every text that belongs to one school.
"""

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from absences.models import AbsenceReason, ReasonCategory
from schools.models import (
    BellSchedule,
    CalendarDay,
    District,
    Membership,
    Period,
    Rotation,
    School,
    User,
)
from schools.models.membership import Role
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
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
    SubstituteProfile,
    Timetable,
)

MONDAY = dt.date(2026, 11, 23)
YEAR_START = dt.date(2026, 9, 1)
PASSWORD = "correct horse battery"
BELLS = [
    ("08:00", "08:50"),
    ("08:55", "09:45"),
    ("10:00", "10:50"),
    ("10:55", "11:45"),
    ("12:30", "13:20"),
    ("13:25", "14:15"),
]
TEACHES = {"Ada": (1, 2, 3), "Ben": (1, 4), "Cleo": (5, 6), "Dan": (3, 6)}
ZONE = "Europe/Madrid"


@dataclass
class SchoolCast:
    """One school and who is in it. `lessons` is keyed by (teacher, cycle day, period number)."""

    school: School
    posts: dict[str, Post] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    lessons: dict[tuple[str, int, int], Lesson] = field(default_factory=dict)
    canary: str = ""

    @property
    def scope(self) -> Scope:
        return Scope.schools(self.school.district_id, [self.school.pk])


@dataclass
class DistrictCast:
    """One district: its office, its substitute, its schools by name."""

    district: District
    users: dict[str, User] = field(default_factory=dict)
    substitute: Person | None = None
    schools: dict[str, SchoolCast] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        return Scope.district(self.district.pk)


@dataclass
class World:
    north: DistrictCast
    south: DistrictCast

    @property
    def oak(self) -> SchoolCast:
        return self.north.schools["oak"]

    @property
    def elm(self) -> SchoolCast:
        return self.north.schools["elm"]

    @property
    def fir(self) -> SchoolCast:
        return self.south.schools["fir"]


def at(clock: str, day: dt.date = MONDAY) -> dt.datetime:
    """An aware moment in the schools' zone."""
    return dt.datetime.combine(day, dt.time.fromisoformat(clock), tzinfo=ZoneInfo(ZONE))


def build_world() -> World:
    """Everything, written inside a system door."""
    with tenant(Scope.system()):
        return World(_district("north", "oak", "elm"), _district("south", "fir"))


def _user(district: District, name: str, role: Role, school: School | None) -> User:
    where = school.slug if school else district.slug
    user = User.objects.create_user(f"{name}@{where}.example", PASSWORD, district=district)
    Membership.objects.create(district=district, school=school, user=user, role=role, starts_on=YEAR_START)
    return user


def _district(slug: str, *schools: str) -> DistrictCast:
    district = District.objects.create(slug=slug, name=slug.title(), timezone=ZONE, is_demo=True)
    cast = DistrictCast(district)
    cast.users["admin"] = _user(district, "admin", Role.DISTRICT_ADMIN, None)
    cast.users["viewer"] = _user(district, "viewer", Role.DISTRICT_VIEWER, None)
    cast.users["substitute"] = _user(district, "sub", Role.SUBSTITUTE, None)
    cast.substitute = Person.objects.create(
        district=district,
        name=f"Sue Pool {slug}",
        phone="0123",
        user=cast.users["substitute"],
        notes=f"canary-sub-{slug}",
    )
    SubstituteProfile.objects.create(
        district=district,
        person=cast.substitute,
        half_day_cents=9000,
        day_cents=16000,
        active_from=YEAR_START,
    )
    AbsenceReason.objects.bulk_create(
        AbsenceReason(
            district=district, code=code, name=code.title(), category=category, is_sensitive=code == "sick"
        )
        for code, category in (
            ("sick", ReasonCategory.SICKNESS),
            ("training", ReasonCategory.TRAINING),
            ("personal", ReasonCategory.PERSONAL),
        )
    )
    for name in schools:
        cast.schools[name] = _school(district, name)
    return cast


def _school(district: District, slug: str) -> SchoolCast:
    school = School.objects.create(district=district, slug=slug, name=slug.title(), timezone=ZONE)
    cast = SchoolCast(school, canary=f"canary-{slug}")
    for role in (Role.COVER_MANAGER, Role.APPROVER, Role.TEACHER, Role.SCHOOL_VIEWER):
        cast.users[role.value] = _user(district, role.value, role, school)
    for name in (*TEACHES, "Eve"):
        person = Person.objects.create(
            district=district,
            name=f"{name} {slug.title()}",
            user=cast.users["teacher"] if name == "Ada" else None,
            notes=cast.canary,
        )
        kind = "cover_supervisor" if name == "Eve" else "teacher"
        cast.posts[name] = Post.objects.create(
            district=district, school=school, person=person, kind=kind, code=name, starts_on=YEAR_START
        )
    _calendar(school)
    _timetable(cast)
    return cast


def _calendar(school: School) -> None:
    Rotation.objects.create(
        district_id=school.district_id,
        school=school,
        effective_from=YEAR_START,
        kind="weekly",
        weekdays=[0, 1, 2, 3, 4],
        cycle_days=5,
        anchor=dt.date(2026, 8, 31),
    )
    first = dt.date(2026, 11, 2)
    CalendarDay.objects.bulk_create(
        CalendarDay(
            district_id=school.district_id,
            school=school,
            date=day,
            is_open=day.weekday() < 5,
            cycle_day=day.weekday() + 1 if day.weekday() < 5 else None,
        )
        for day in (first + dt.timedelta(days=offset) for offset in range(60))
    )


def _timetable(cast: SchoolCast) -> None:
    school = cast.school
    owned = {"district_id": school.district_id, "school": school}
    bell = BellSchedule.objects.create(**owned, name="Main", effective_from=YEAR_START)
    periods = Period.objects.bulk_create(
        Period(**owned, bell=bell, cycle_day=day, number=number, name=str(number), starts=starts, ends=ends)
        for day in range(1, 6)
        for number, (starts, ends) in enumerate(BELLS, start=1)
    )
    period_of = {(period.cycle_day, period.number): period for period in periods}
    timetable = Timetable.objects.create(
        **owned, name="2026", effective_from=YEAR_START, source="csv", cycle_days=5
    )
    subjects = {
        name: Subject.objects.create(**owned, code=name, name=f"Subject {name} {cast.canary}")
        for name in TEACHES
    }
    cast.lessons = {
        (teacher, day, number): Lesson(
            **owned,
            timetable=timetable,
            cycle_day=day,
            period=period_of[day, number],
            subject=subjects[teacher],
        )
        for teacher, numbers in TEACHES.items()
        for day in range(1, 6)
        for number in numbers
    }
    Lesson.objects.bulk_create(cast.lessons.values())
    _who_and_where(cast)


def _who_and_where(cast: SchoolCast) -> None:
    """Teacher, class and room of every lesson."""
    owned = {"district_id": cast.school.district_id, "school": cast.school}
    first, second = (
        Section.objects.create(**owned, code=code, name=f"{code} {cast.canary}", size=20)
        for code in ("7a", "8b")
    )
    room = Room.objects.create(**owned, code="R1", name="R1")
    LessonPost.objects.bulk_create(
        LessonPost(**owned, lesson=lesson, post=cast.posts[teacher])
        for (teacher, _, _), lesson in cast.lessons.items()
    )
    LessonSection.objects.bulk_create(
        LessonSection(**owned, lesson=lesson, section=first if teacher in ("Ada", "Cleo") else second)
        for (teacher, _, _), lesson in cast.lessons.items()
    )
    LessonRoom.objects.bulk_create(
        LessonRoom(**owned, lesson=lesson, room=room) for lesson in cast.lessons.values()
    )
