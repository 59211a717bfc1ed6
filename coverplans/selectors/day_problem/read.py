"""Puts the day together: needs, candidates, what stands already."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import cast
from uuid import UUID

from coverplans.matching import PRIMARY, SECONDARY, Exchange, Level, Settings, Weights
from coverplans.matching.problem import (
    Busy,
    BusyCode,
    Candidate,
    Credential,
    Existing,
    Measure,
    MeasureKind,
    Need,
    Problem,
)
from coverplans.models import Assignment, Booking, CoverNeed, CoverPlan
from schools.models import School
from schools.selectors.calendar import calendar_day
from schools.selectors.settings import EffectiveSettings, settings_of
from schools.settings_registry import (
    COVER_WORTH_CENTS,
    CURRENCY,
    FAIRNESS_BEFORE_MONEY,
    PLANNER_PRESET,
    WEIGHT_CONTINUITY,
    WEIGHT_FREE_TIME,
    WEIGHT_KNOWN_CLASS,
    WEIGHT_PREFERENCE,
    WEIGHT_SUBJECT,
)
from staffing.models import Credential as CredentialRow
from staffing.models import PersonHold, Post, SubstituteProfile
from staffing.selectors.day import lessons_on, posts_on

from .clock import SchoolDay, minute, school_day
from .needs import planner_needs, subject_key
from .pool import pool_candidates
from .staff import staff_candidates

CHOSEN_BY_HAND_COST = 6
_HOLD_CODES: dict[str, tuple[BusyCode, str]] = {
    "unavailable": ("absent", "absent"),
    "assignment": ("elsewhere", "busy elsewhere"),
    "booking": ("elsewhere", "booked elsewhere"),
}


@dataclass(frozen=True, slots=True)
class DayProblem:
    """The planner's input with the way back to the rows: keys of the problem → needs, people, posts."""

    problem: Problem
    day: SchoolDay
    needs: dict[str, CoverNeed]
    person_ids: dict[str, int]
    post_ids: dict[str, int]
    names: dict[str, str]


def read_day_problem(*, school: School, date: dt.date, now: dt.datetime) -> DayProblem:
    """Everything the planner may know about the day, in a fixed number of queries; needs a door of the school."""
    settings = settings_of(school)
    lessons = lessons_on(school, date)
    day = school_day(school, date, settings, lessons)
    calendar = calendar_day(school, date)
    rows = list(
        CoverNeed.objects.filter(school=school, date=date, state__in=["open", "covered"])
        .select_related("post__person")
        .order_by("starts_at", "id")
    )
    posts = posts_on(school, date)
    holds = _holds(school, date, day)
    credentials = _credentials(school, date)
    needs, groups = planner_needs(rows, lessons, day, settings)
    cycle_day = calendar.cycle_day or 0 if calendar else 0
    staff = staff_candidates(school, date, cycle_day, posts, lessons, holds, credentials, settings)
    pool = pool_candidates(school, date, day, holds, credentials, {post.person_id for post in posts})
    candidates = _one_row_per_person(staff) + pool
    standing, takers = _existing(school, date, rows, {found.person for found in candidates})
    problem = Problem(
        date=date,
        school=school.slug,
        needs=tuple(_with_standing_measure(need, standing.get(need.key)) for need in needs),
        candidates=tuple(candidates),
        groups=tuple(groups),
        existing=tuple(standing.values()),
        settings=planner_settings(settings),
        now=minute(now) if day.starts_at <= now else 0,
    )
    return DayProblem(
        problem=problem,
        day=day,
        needs={str(row.uuid): row for row in rows},
        person_ids=_person_ids(school, posts, takers),
        post_ids={str(post.person.uuid): post.pk for post in reversed(posts)},
        names={found.person: found.name for found in candidates},
    )


def planner_settings(settings: EffectiveSettings) -> Settings:
    """The school's settings in the planner's words."""
    preset = PRIMARY if settings[PLANNER_PRESET] == "primary" else SECONDARY

    def level(value: str, usual: Level) -> Level:
        return usual if value == "preset" else Level(value)

    worth = settings[COVER_WORTH_CENTS]
    return Settings(
        weights=Weights(
            subject=level(settings[WEIGHT_SUBJECT], preset.subject),
            known_class=level(settings[WEIGHT_KNOWN_CLASS], preset.known_class),
            continuity=level(settings[WEIGHT_CONTINUITY], preset.continuity),
            preference=level(settings[WEIGHT_PREFERENCE], preset.preference),
            free_time=level(settings[WEIGHT_FREE_TIME], preset.free_time),
        ),
        fairness_first=settings[FAIRNESS_BEFORE_MONEY],
        exchange=Exchange(worth) if worth else None,
        currency=settings[CURRENCY],
    )


def _one_row_per_person(candidates: list[Candidate]) -> list[Candidate]:
    """A person with two posts in one school is one candidate: the first post speaks, both are busy."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        found.setdefault(candidate.person, candidate)
    return list(found.values())


def _person_ids(school: School, posts: list[Post], takers: dict[str, int]) -> dict[str, int]:
    pool = SubstituteProfile.objects.filter(district_id=school.district_id).values_list(
        "person__uuid", "person_id"
    )
    return {
        **{str(key): person_id for key, person_id in pool},
        **{str(post.person.uuid): post.person_id for post in posts},
        **takers,
    }


def _holds(school: School, date: dt.date, day: SchoolDay) -> dict[int, list[Busy]]:
    """Person → busy ranges that touch the day, except holds of this school's own plan for it."""
    own = {
        *Assignment.objects.filter(school=school, date=date, hold__isnull=False).values_list(
            "uuid", flat=True
        ),
        *Booking.objects.filter(school=school, date=date, hold__isnull=False).values_list("uuid", flat=True),
    }
    midnight = dt.datetime.combine(date, dt.time(), tzinfo=school.zone)
    rows = PersonHold.objects.filter(
        district_id=school.district_id, starts_at__lt=midnight + dt.timedelta(days=1), ends_at__gt=midnight
    )
    found: dict[int, list[Busy]] = defaultdict(list)
    for person_id, starts_at, ends_at, kind, owner in rows.values_list(
        "person_id", "starts_at", "ends_at", "kind", "owner"
    ):
        if UUID(str(owner)) not in own:
            found[person_id].append(Busy(minute(starts_at), minute(ends_at), *_HOLD_CODES[kind]))
    return found


def _credentials(school: School, date: dt.date) -> dict[int, list[Credential]]:
    """Person → credentials, each judged on the lesson's date; of several of one name the best counts."""
    rows = CredentialRow.objects.filter(district_id=school.district_id, valid_from__lte=date)
    best: dict[tuple[int, str], Credential] = {}
    for person_id, kind, code, expires_on in rows.values_list("person_id", "kind", "code", "expires_on"):
        key = subject_key(code) if kind == "subject" else code
        valid = expires_on is None or expires_on >= date
        found = best.get((person_id, key))
        if found is None or (valid and not found.valid):
            best[person_id, key] = Credential(key, valid, "" if valid else str(expires_on))
    result: dict[int, list[Credential]] = defaultdict(list)
    for (person_id, _), credential in best.items():
        result[person_id].append(credential)
    return result


def _existing(
    school: School, date: dt.date, rows: list[CoverNeed], known: set[str]
) -> tuple[dict[str, Existing], dict[str, int]]:
    """What stands: a hand-made or locked choice of the draft, else what is published, else nothing that would hold the planner.

    Whoever is no candidate any more (left, not of this district's pool) does not stand.
    """
    published = (
        CoverPlan.objects.filter(school=school, date=date, state="published")
        .values_list("version", flat=True)
        .first()
    )
    keys = {row.pk: str(row.uuid) for row in rows}
    standing: dict[str, Existing] = {}
    takers: dict[str, int] = {}
    assignments = (
        Assignment.objects.filter(need__in=list(keys))
        .exclude(state="ended")
        .select_related("person", "booking")
        .order_by("id")
    )
    for row in assignments:
        if row.person is not None:
            takers[str(row.person.uuid)] = row.person.pk
            if str(row.person.uuid) not in known:
                continue
        if row.to_version is None and (row.is_locked or row.by_hand):
            standing[keys[row.need_id]] = _stands(keys[row.need_id], row, published)
        elif _is_live(row, published):
            standing.setdefault(keys[row.need_id], _stands(keys[row.need_id], row, published))
    return standing, takers


def _with_standing_measure(need: Need, row: Existing | None) -> Need:
    """A measure the manager chose stays possible, also one the planner would never propose."""
    if row is None or not row.measure or any(measure.key == row.measure for measure in need.measures):
        return need
    kind, _, into = row.measure.partition(":")
    chosen = Measure(cast(MeasureKind, kind), CHOSEN_BY_HAND_COST, into=into, label=kind.replace("_", " "))
    return replace(need, measures=tuple(sorted([*need.measures, chosen])))


def _is_live(row: Assignment, published: int | None) -> bool:
    if published is None or row.from_version > published:
        return False
    return row.to_version is None or row.to_version > published


def _stands(need: str, row: Assignment, published: int | None) -> Existing:
    return Existing(
        need=need,
        person=str(row.person.uuid) if row.person else "",
        measure="" if row.person else measure_key(row),
        published=_is_live(row, published),
        locked=row.is_locked or row.by_hand,
        accepted=row.booking is not None and row.booking.state in ("accepted", "worked", "verified"),
    )


def measure_key(row: Assignment) -> str:
    """How the planner names this row's measure."""
    return f"{row.kind}:{row.into_lesson_id}" if row.into_lesson_id else row.kind
