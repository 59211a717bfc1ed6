"""The district's substitutes as candidates: when they can come, what they cost, who wishes whom."""

import datetime as dt
from collections import defaultdict

from django.db.models import Q

from coverplans.matching.problem import Busy, Candidate, Credential, Half, Hire, Opinion, Span
from coverplans.models import Booking
from coverplans.models.booking import HOLDING
from schools.models import School
from schools.selectors.calendar import local_moment
from staffing.models import Availability, PersonHold, Preference, SubstituteProfile

from .clock import SchoolDay, minute
from .needs import subject_key

HALVES: tuple[Half, Half] = ("am", "pm")
LONGER_THAN_A_HALF = dt.timedelta(hours=5)


def pool_candidates(
    school: School,
    date: dt.date,
    day: SchoolDay,
    holds: dict[int, list[Busy]],
    credentials: dict[int, list[Credential]],
    taken: set[int],
) -> list[Candidate]:
    """Active substitutes of the district except the people in `taken`, who are candidates already. Five queries."""
    profiles = [profile for profile in _profiles(school, date) if profile.person_id not in taken]
    windows = _windows(school, date, profiles)
    wishes = _wishes(school, profiles)
    booked = _booked_here(school, date)
    week = _halves_this_week(date, profiles)
    return [
        _candidate(
            profile,
            day,
            windows,
            wishes,
            booked,
            week,
            holds[profile.person_id],
            credentials[profile.person_id],
        )
        for profile in profiles
    ]


def _candidate(
    profile: SubstituteProfile,
    day: SchoolDay,
    windows: dict[int, list[Span]] | None,
    wishes: dict[tuple[int, str], Opinion],
    booked: dict[int, set[Half]],
    week: dict[int, int],
    holds: list[Busy],
    credentials: list[Credential],
) -> Candidate:
    person = profile.person
    own_windows = None if windows is None or person.pk not in windows else tuple(sorted(windows[person.pk]))
    here = booked.get(person.pk, set())
    has_week_left = week.get(person.pk, 0) < profile.max_half_days_a_week
    return Candidate(
        person=str(person.uuid),
        name=person.name,
        kind="external",
        busy=tuple(sorted(holds)),
        hours=own_windows,
        subjects=tuple(sorted(subject_key(found.key) for found in credentials if found.valid)),
        credentials=tuple(sorted(credentials)),
        school_says=wishes.get((person.pk, "school"), "neutral"),
        person_says=wishes.get((person.pk, "person"), "neutral"),
        hire=Hire(
            half_cents=profile.half_day_cents,
            day_cents=profile.day_cents,
            halves=tuple(
                half
                for half in HALVES
                if has_week_left and (own_windows is None or _meets(own_windows, day, half))
            ),
            booked_here=tuple(half for half in HALVES if half in here),
            booked_elsewhere=tuple(half for half in HALVES if half not in here and _meets(holds, day, half)),
        ),
    )


def _meets(ranges: tuple[Span, ...] | list[Busy], day: SchoolDay, half: Half) -> bool:
    starts_at, ends_at = day.span_of(half)
    starts, ends = minute(starts_at), minute(ends_at)
    return any(found.starts < ends and starts < found.ends for found in ranges)


def _profiles(school: School, date: dt.date) -> list[SubstituteProfile]:
    return list(
        SubstituteProfile.objects.filter(
            Q(active_until__isnull=True) | Q(active_until__gte=date),
            district_id=school.district_id,
            active_from__lte=date,
        )
        .select_related("person")
        .order_by("person__name", "id")
    )


def _windows(school: School, date: dt.date, profiles: list[SubstituteProfile]) -> dict[int, list[Span]]:
    """Person → stretches on which they can work. Rows of the date count alone; who keeps no rows is free all day."""
    rows = Availability.objects.filter(
        Q(date=date) | Q(weekday__isnull=False), person__in=[profile.person_id for profile in profiles]
    )
    dated: dict[int, list[Availability]] = defaultdict(list)
    weekly: dict[int, list[Availability]] = defaultdict(list)
    for row in rows:
        (dated if row.date else weekly)[row.person_id].append(row)
    found: dict[int, list[Span]] = {}
    for person_id in dated.keys() | weekly.keys():
        usable = dated.get(person_id) or [row for row in weekly[person_id] if row.weekday == date.weekday()]
        found[person_id] = [
            Span(
                minute(local_moment(date, row.starts, school.zone)),
                minute(local_moment(date, row.ends, school.zone)),
            )
            for row in usable
            if row.is_available
        ]
    return found


def _wishes(school: School, profiles: list[SubstituteProfile]) -> dict[tuple[int, str], Opinion]:
    rows = Preference.objects.filter(school=school, person__in=[profile.person_id for profile in profiles])
    return {
        (person_id, side): "preferred" if wish == "preferred" else "excluded"
        for person_id, side, wish in rows.values_list("person_id", "side", "wish")
    }


def _booked_here(school: School, date: dt.date) -> dict[int, set[Half]]:
    found: dict[int, set[Half]] = defaultdict(set)
    for person_id, part in Booking.objects.filter(school=school, date=date, state__in=HOLDING).values_list(
        "person_id", "part"
    ):
        found[person_id] |= set(HALVES) if part == "day" else {"am" if part == "am" else "pm"}
    return found


def _halves_this_week(date: dt.date, profiles: list[SubstituteProfile]) -> dict[int, int]:
    """Half days held in the week at whatever school, counted from the holds, which say when and never where."""
    monday = dt.datetime.combine(date - dt.timedelta(days=date.weekday()), dt.time(), tzinfo=dt.UTC)
    rows = PersonHold.objects.filter(
        person__in=[profile.person_id for profile in profiles],
        kind="booking",
        starts_at__gte=monday,
        starts_at__lt=monday + dt.timedelta(days=7),
    )
    found: dict[int, int] = defaultdict(int)
    for person_id, starts_at, ends_at in rows.values_list("person_id", "starts_at", "ends_at"):
        found[person_id] += 2 if ends_at - starts_at > LONGER_THAN_A_HALF else 1
    return found
