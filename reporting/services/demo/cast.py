"""The demo's district, schools, timetables, people and sign-ins."""

import datetime as dt
import random

from schools.models import District, Membership, Period, School, Setting, User
from schools.models.membership import Role
from schools.services.districts import create_district
from schools.settings_registry import COVER_WORTH_CENTS, COVERS_A_DAY, COVERS_A_WEEK
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from staffing.importers.days import choose_mapping
from staffing.importers.generated.names import draw_people
from staffing.importers.generator import generate_school
from staffing.models import (
    Availability,
    Credential,
    LessonPost,
    Person,
    Post,
    Preference,
    ProtectedPeriod,
    Section,
    SubstituteProfile,
    WorkingHours,
)
from staffing.models.person import PostKind
from staffing.models.substitute import CredentialKind, Side, Wish
from staffing.services.load_timetable import load_timetable

PASSWORD = "teachercover-demo"  # noqa: S105  published on purpose; production refuses to seed it
ZONE = "Europe/London"
TEACHERS = 60
SUPERVISORS = 1
RARELY_COVER = {COVERS_A_DAY.key: 1, COVERS_A_WEEK.key: 2}
WORTH_OF_A_COVER = 400  # at the first school, so that the pool is used there
SUBSTITUTES_A_SCHOOL = 7
NAMES = ("Northfield", "Eastbrook", "Southgate", "Westholm", "Hillcrest", "Riverside", "Lakeview", "Meadow")
SUBJECT_QUALIFICATIONS = (
    "Mathematics",
    "English",
    "Science",
    "History",
    "Geography",
    "French",
    "Art",
    "Physical Education",
)


def first_school_day(today: dt.date) -> dt.date:
    """The demo's school year began on the Monday six weeks before this week."""
    return today - dt.timedelta(days=today.weekday() + 42)


def make_district(today: dt.date) -> District:
    """The demo district with its reasons of absence and the sign-ins of its office."""
    with tenant(Scope.system()):
        district = create_district(slug="demo", name="Demo District", timezone=ZONE, is_demo=True)
        user = User.objects.create_user("district@demo.example", PASSWORD, district=district)
        _member(user, None, Role.DISTRICT_ADMIN, today)
    return district


def make_school(district: District, place: int, seed: int, today: dt.date) -> School:
    """One school with its timetable from the first school day on; the second one has A and B weeks."""
    rng = random.Random(f"{seed}-school-{place}")  # noqa: S311  demo data
    name = NAMES[place % len(NAMES)] + ("" if place < len(NAMES) else f" {place // len(NAMES) + 1}")
    draft = generate_school(seed * 1000 + place, teachers=TEACHERS, ab_weeks=place == 1)
    start = first_school_day(today)
    with tenant(Scope.district(district.pk)):
        school = School.objects.create(
            district=district,
            slug=name.lower().replace(" ", "-"),
            name=f"{name} School",
            timezone=ZONE,
            phone=f"020 7946 {place:04d}",
        )
        mapping = choose_mapping(days_in_week=len(draft.day_names), weeks=draft.weeks, anchor=start)
        load_timetable(
            school=school, draft=draft, effective_from=start, mapping=mapping, source="demo", actor=None
        )
        _finish_people(school, rng, start)
        chosen = {**RARELY_COVER, COVER_WORTH_CENTS.key: WORTH_OF_A_COVER} if place == 0 else RARELY_COVER
        for key, value in chosen.items():
            Setting.objects.create(district=district, school=school, key=key, value=value)
    return school


def _finish_people(school: School, rng: random.Random, start: dt.date) -> None:
    """What a timetable does not say: telephones, class sizes, a cover supervisor of mornings, protected planning time."""
    people = list(Person.objects.filter(posts__school=school).order_by("id"))
    for person in people:
        person.phone = f"07700 9{rng.randrange(100_000):05d}"
    Person.objects.bulk_update(people, ["phone"])
    sections = list(Section.objects.filter(school=school).order_by("code"))
    for section in sections:
        section.size = rng.randint(18, 31)
    Section.objects.bulk_update(sections, ["size"])
    for number, (_, name) in enumerate(draw_people(rng, SUPERVISORS), start=1):
        person = Person.objects.create(
            district_id=school.district_id, name=name, phone=f"07700 9{rng.randrange(100_000):05d}"
        )
        post = Post.objects.create(
            district_id=school.district_id,
            school=school,
            person=person,
            kind=PostKind.COVER_SUPERVISOR,
            code=f"CS{number}",
            starts_on=start,
        )
        WorkingHours.objects.bulk_create(
            WorkingHours(
                district_id=school.district_id,
                school=school,
                post=post,
                weekday=weekday,
                starts=dt.time(8),
                ends=dt.time(13),
            )
            for weekday in range(5)
        )
    _protect_planning_time(school, rng)


def _protect_planning_time(school: School, rng: random.Random) -> None:
    """One free period a cycle that is never used for cover, for every second teacher."""
    taught: dict[int, set[int]] = {}
    for post_id, period_id in LessonPost.objects.filter(school=school).values_list(
        "post_id", "lesson__period_id"
    ):
        taught.setdefault(post_id, set()).add(period_id)
    periods = list(Period.objects.filter(school=school).order_by("id").values_list("pk", flat=True))
    rows = []
    for post_id in sorted(taught)[::2]:
        free = [period for period in periods if period not in taught[post_id]]
        if free:
            rows.append(
                ProtectedPeriod(
                    district_id=school.district_id, school=school, post_id=post_id, period_id=rng.choice(free)
                )
            )
    ProtectedPeriod.objects.bulk_create(rows)


def make_pool(district: District, schools: list[School], seed: int, today: dt.date) -> None:
    """The district's substitutes: rates, weekdays, qualifications, wishes; the first one can sign in."""
    rng = random.Random(f"{seed}-pool")  # noqa: S311  demo data
    start = first_school_day(today)
    count = max(20, SUBSTITUTES_A_SCHOOL * len(schools)) if len(schools) > 3 else 20
    with tenant(Scope.district(district.pk)):
        for place, (_, name) in enumerate(draw_people(rng, count)):
            person = Person.objects.create(
                district=district, name=name, phone=f"07700 8{rng.randrange(100_000):05d}"
            )
            half = rng.choice([8500, 9000, 9500, 10500])
            SubstituteProfile.objects.create(
                district=district,
                person=person,
                half_day_cents=half,
                day_cents=half * 2 - 1500,
                active_from=start,
            )
            _qualify(district, person, rng, start, place)
            if place == 0:
                _sign_in("sub@demo.example", person, None, Role.SUBSTITUTE, start)
        _wishes(district, schools, rng)


def _qualify(district: District, person: Person, rng: random.Random, start: dt.date, place: int) -> None:
    Credential.objects.create(
        district=district,
        person=person,
        kind=CredentialKind.LICENCE,
        code="teaching licence",
        valid_from=start - dt.timedelta(days=700),
        expires_on=start + dt.timedelta(days=rng.randint(200, 900)),
    )
    for subject in rng.sample(SUBJECT_QUALIFICATIONS, 2):
        Credential.objects.create(
            district=district, person=person, kind=CredentialKind.SUBJECT, code=subject, valid_from=start
        )
    weekdays = range(5) if place == 0 else sorted(rng.sample(range(5), rng.randint(3, 5)))
    Availability.objects.bulk_create(
        Availability(district=district, person=person, weekday=weekday, starts=dt.time(7), ends=dt.time(17))
        for weekday in weekdays
    )


def _wishes(district: District, schools: list[School], rng: random.Random) -> None:
    pool = list(
        SubstituteProfile.objects.filter(district=district).order_by("id").values_list("person_id", flat=True)
    )
    for school in schools:
        chosen = rng.sample(pool[1:], 3)
        for person_id, wish in zip(chosen, (Wish.PREFERRED, Wish.PREFERRED, Wish.EXCLUDED), strict=True):
            Preference.objects.create(
                district=district, school=school, person_id=person_id, side=Side.SCHOOL, wish=wish
            )


def make_sign_ins(school: School, today: dt.date) -> None:
    """The cover manager and the teacher of the first school."""
    with tenant(Scope.district(school.district_id)):
        manager = User.objects.create_user("cover@demo.example", PASSWORD, district=school.district_id)
        _member(manager, school, Role.COVER_MANAGER, today)
        post = (
            Post.objects.filter(school=school, kind=PostKind.TEACHER)
            .select_related("person")
            .order_by("code")
            .first()
        )
        if post is None:
            raise RuntimeError("the generated school has no teacher")
        _sign_in("teacher@demo.example", post.person, school, Role.TEACHER, today)


def _sign_in(email: str, person: Person, school: School | None, role: Role, today: dt.date) -> None:
    user = User.objects.create_user(email, PASSWORD, district=person.district_id)
    person.user, person.email = user, email
    person.save(update_fields=["user", "email"])
    _member(user, school, role, today)


def _member(user: User, school: School | None, role: Role, today: dt.date) -> None:
    Membership.objects.create(
        district_id=user.district_id, school=school, user=user, role=role, starts_on=first_school_day(today)
    )
