"""The school's own staff as candidates: what they teach that day, what is protected, what they have covered already."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q, Sum

from coverplans.matching.problem import Busy, BusyCode, Candidate, Cap, Credential, Span
from coverplans.models import Assignment, CreditEntry
from coverplans.models.assignment import BY_COLLEAGUE
from schools.models import School, Term
from schools.selectors.calendar import local_moment
from schools.selectors.settings import EffectiveSettings
from schools.settings_registry import COVERS_A_DAY, COVERS_A_WEEK, COVERS_A_YEAR
from staffing.models import Lesson, LessonPost, LessonSection, Post, ProtectedPeriod, WorkingHours
from staffing.selectors.day import DayLesson, timetable_on

from .clock import minute
from .needs import subject_key

TERM_WITHOUT_DATES = dt.timedelta(days=120)
SCHOOL_YEAR_STARTS = (8, 1)
_BUSY: dict[str, tuple[BusyCode, str]] = {
    "lesson": ("teaching", "teaches"),
    "duty": ("duty", "on duty"),
    "meeting": ("meeting", "in a meeting"),
}


@dataclass
class StaffFacts:
    """What is known about each post, by post id, before candidates are made of it."""

    protected: dict[int, list[Busy]] = field(default_factory=lambda: defaultdict(list))
    hours: dict[int, list[Span]] = field(default_factory=lambda: defaultdict(list))
    has_hours: set[int] = field(default_factory=set)
    minutes: dict[int, int] = field(default_factory=dict)
    covers: dict[int, int] = field(default_factory=dict)
    week: dict[int, int] = field(default_factory=dict)
    year: dict[int, int] = field(default_factory=dict)
    subjects: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    sections: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


def staff_candidates(
    school: School,
    date: dt.date,
    cycle_day: int,
    posts: list[Post],
    lessons: list[DayLesson],
    holds: dict[int, list[Busy]],
    credentials: dict[int, list[Credential]],
    settings: EffectiveSettings,
) -> list[Candidate]:
    """Teachers and cover supervisors with a post on the date. Eight queries."""
    facts = _read_facts(school, date, cycle_day)
    mine: dict[int, list[DayLesson]] = defaultdict(list)
    for lesson in lessons:
        for post_id in lesson.post_ids:
            mine[post_id].append(lesson)
    return [
        _candidate(post, mine[post.pk], facts, holds[post.person_id], credentials[post.person_id], settings)
        for post in posts
        if post.kind in ("teacher", "cover_supervisor")
    ]


def _candidate(
    post: Post,
    own: list[DayLesson],
    facts: StaffFacts,
    holds: list[Busy],
    credentials: list[Credential],
    settings: EffectiveSettings,
) -> Candidate:
    is_supervisor = post.kind == "cover_supervisor"
    teaching = [lesson for lesson in own if lesson.kind in ("lesson", "duty")]
    busy = [*_busy_with(own), *facts.protected[post.pk], *holds]
    return Candidate(
        person=str(post.person.uuid),
        name=post.person.name,
        kind="supervisor" if is_supervisor else "internal",
        post=str(post.uuid),
        fte_percent=max(1, round(post.fte * 100)),
        credit_minutes=facts.minutes.get(post.pk, 0),
        covers_this_term=max(0, facts.covers.get(post.pk, 0)),
        busy=tuple(sorted(busy)),
        standby=tuple(
            sorted(
                Span(minute(lesson.starts_at), minute(lesson.ends_at))
                for lesson in own
                if lesson.kind == "standby"
            )
        ),
        hours=_hours(post, own, facts),
        teaching=Span(min(minute(x.starts_at) for x in teaching), max(minute(x.ends_at) for x in teaching))
        if teaching
        else None,
        caps=() if is_supervisor else _caps(post.pk, facts, settings),
        subjects=tuple(sorted(facts.subjects[post.pk])),
        sections=tuple(sorted(facts.sections[post.pk])),
        credentials=tuple(sorted(credentials)),
    )


def _busy_with(own: list[DayLesson]) -> list[Busy]:
    found = []
    for lesson in own:
        if lesson.kind in _BUSY:
            code, words = _BUSY[lesson.kind]
            what = f"{words} {lesson.sections_label} {lesson.subject}" if lesson.kind == "lesson" else words
            found.append(Busy(minute(lesson.starts_at), minute(lesson.ends_at), code, " ".join(what.split())))
    return found


def _hours(post: Post, own: list[DayLesson], facts: StaffFacts) -> tuple[Span, ...] | None:
    """Working hours where the school keeps them. Otherwise whoever has anything that day is there all day; a teacher with
    nothing that day is not, and a cover supervisor always is."""
    if post.pk in facts.has_hours:
        return tuple(sorted(facts.hours[post.pk]))
    return None if own or post.kind == "cover_supervisor" else ()


def _caps(post_id: int, facts: StaffFacts, settings: EffectiveSettings) -> tuple[Cap, ...]:
    caps = [
        Cap("day", "covers", settings[COVERS_A_DAY]),
        Cap("week", "covers", settings[COVERS_A_WEEK], facts.week.get(post_id, 0)),
    ]
    if settings[COVERS_A_YEAR]:
        caps.append(Cap("year", "covers", settings[COVERS_A_YEAR], facts.year.get(post_id, 0)))
    return tuple(caps)


def _read_facts(school: School, date: dt.date, cycle_day: int) -> StaffFacts:
    facts = StaffFacts()
    _read_working_time(school, date, cycle_day, facts)
    _read_credits(school, date, facts)
    _read_covers(school, date, facts)
    _read_taught(school, date, facts)
    return facts


def _read_working_time(school: School, date: dt.date, cycle_day: int, facts: StaffFacts) -> None:
    for post_id, weekday, starts, ends in WorkingHours.objects.filter(school=school).values_list(
        "post_id", "weekday", "starts", "ends"
    ):
        facts.has_hours.add(post_id)
        if weekday == date.weekday():
            facts.hours[post_id].append(Span(*_minutes(school, date, starts, ends)))
    protected = ProtectedPeriod.objects.filter(school=school, period__cycle_day=cycle_day).select_related(
        "period"
    )
    for row in protected:
        span = _minutes(school, date, row.period.starts, row.period.ends)
        facts.protected[row.post_id].append(Busy(*span, "protected", row.get_kind_display()))


def _minutes(school: School, date: dt.date, starts: dt.time, ends: dt.time) -> tuple[int, int]:
    return minute(local_moment(date, starts, school.zone)), minute(local_moment(date, ends, school.zone))


def _read_credits(school: School, date: dt.date, facts: StaffFacts) -> None:
    since = _term_start(school, date)
    rows = (
        CreditEntry.objects.filter(school=school, date__gte=since, date__lt=date)
        .values("post_id")
        .annotate(
            total=Sum("minutes"),
            given=Count("id", filter=Q(minutes__gt=0)),
            back=Count("id", filter=Q(minutes__lt=0)),
        )
    )
    for row in rows:
        facts.minutes[row["post_id"]] = max(0, row["total"])
        facts.covers[row["post_id"]] = row["given"] - row["back"]


def _term_start(school: School, date: dt.date) -> dt.date:
    term = (
        Term.objects.filter(school=school, starts_on__lte=date, ends_on__gte=date)
        .order_by("starts_on")
        .first()
    )
    return term.starts_on if term else date - TERM_WITHOUT_DATES


def _read_covers(school: School, date: dt.date, facts: StaffFacts) -> None:
    """Covers of this week and this school year, without those of the day that is being planned."""
    monday = date - dt.timedelta(days=date.weekday())
    month, first = SCHOOL_YEAR_STARTS
    year = date.year if (date.month, date.day) >= (month, first) else date.year - 1
    rows = (
        Assignment.objects.filter(
            school=school,
            date__gte=dt.date(year, month, first),
            to_version__isnull=True,
            state="confirmed",
            kind__in=BY_COLLEAGUE,
        )
        .exclude(date=date)
        .values("post_id")
        .annotate(
            week=Count("id", filter=Q(date__gte=monday, date__lt=monday + dt.timedelta(days=7))),
            year=Count("id", filter=Q(date__lt=dt.date(year + 1, month, first))),
        )
    )
    for row in rows:
        facts.week[row["post_id"]] = row["week"]
        facts.year[row["post_id"]] = row["year"]


def _read_taught(school: School, date: dt.date, facts: StaffFacts) -> None:
    timetable = timetable_on(school, date)
    rows = LessonPost.objects.filter(lesson__timetable=timetable, lesson__kind="lesson")
    for post_id, subject in rows.values_list("post_id", "lesson__subject__name").distinct():
        if subject:
            facts.subjects[post_id].add(subject_key(subject))
    taught = LessonSection.objects.filter(
        lesson__in=Lesson.objects.filter(timetable=timetable, kind="lesson")
    )
    for post_id, section_id in taught.values_list("lesson__lesson_posts__post_id", "section_id").distinct():
        if post_id is not None:
            facts.sections[post_id].add(str(section_id))
