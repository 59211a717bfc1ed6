"""Writes the planner's answer as the next draft, touching only what differs from what stands."""

import datetime as dt
from collections import defaultdict

from coverplans.matching.plan import Choice, Plan
from coverplans.matching.problem import Half
from coverplans.models import (
    Assignment,
    AssignmentState,
    Booking,
    BookingPart,
    BookingState,
    CoverNeed,
    CoverPlan,
)
from coverplans.models.booking import HOLDING
from coverplans.selectors.day_problem import DayProblem
from coverplans.selectors.day_problem.read import measure_key
from coverplans.services.drafts import drop_empty_proposals, new_version, take_off
from schools.models import School, User


def write_plan(
    *, school: School, date: dt.date, day: DayProblem, plan: Plan, actor: User | None
) -> CoverPlan:
    """A new draft with this plan's choices; needs the day's lock. What does not change keeps its row, and so its id."""
    version = new_version(school, date, actor)
    standing = _standing(school, date)
    bookings = _Bookings(school, date, day, plan)
    chosen: list[tuple[Choice, Assignment | None]] = []
    replaced: list[Assignment] = []
    touched: list[int] = []
    for choice in plan.choices:
        rows = standing.get(day.needs[choice.need].pk, [])
        kept = next((row for row in rows if _taker(row) == choice.taker), None)
        chosen.append((choice, kept))
        replaced += [row for row in rows if row is not kept]
        touched += [row.booking_id for row in rows if row.booking_id]
    _close(replaced, version.version)
    fresh: list[Assignment] = []
    for choice, kept in chosen:
        need = day.needs[choice.need]
        if kept is not None:
            _keep(kept, choice, bookings, need)
        elif choice.kind != "uncovered":
            fresh.append(_assignment(school, need, choice, day, bookings, version.version))
    Assignment.objects.bulk_create(fresh)
    drop_empty_proposals(touched)
    return version


def _standing(school: School, date: dt.date) -> dict[int, list[Assignment]]:
    """Need → rows that are not ended; the draft's own row first, then the published one that a draft had closed."""
    found: dict[int, list[Assignment]] = defaultdict(list)
    rows = Assignment.objects.filter(school=school, date=date).exclude(state=AssignmentState.ENDED)
    for row in sorted(
        rows.select_related("person", "booking"), key=lambda row: (row.to_version is not None, -row.pk)
    ):
        found[row.need_id].append(row)
    return found


def _taker(row: Assignment) -> tuple[str, str]:
    return (str(row.person.uuid), "") if row.person else ("", measure_key(row))


def _close(rows: list[Assignment], version: int) -> None:
    """Take rows out of the new version: proposals go, public ones run until it is published."""
    take_off([row for row in rows if row.state == AssignmentState.PROPOSED])
    for row in rows:
        if row.state != AssignmentState.PROPOSED and row.to_version is None:
            row.to_version = version
            row.save(update_fields=["to_version"])


def _keep(row: Assignment, choice: Choice, bookings: "_Bookings", need: CoverNeed) -> None:
    before = (row.to_version, row.kind, row.booking_id)
    row.to_version = None
    if choice.kind == "external":
        row.booking = bookings.for_need(choice.person, need)
    elif row.state == AssignmentState.PROPOSED and choice.kind != "uncovered":
        row.kind = choice.kind
    if before != (row.to_version, row.kind, row.booking_id):
        row.save(update_fields=["to_version", "kind", "booking"])


def _assignment(
    school: School, need: CoverNeed, choice: Choice, day: DayProblem, bookings: "_Bookings", version: int
) -> Assignment:
    by_person = bool(choice.person)
    into = choice.measure.partition(":")[2]
    return Assignment(
        district_id=school.district_id,
        school=school,
        need=need,
        date=need.date,
        kind=choice.kind,
        person_id=day.person_ids[choice.person] if by_person else None,
        post_id=day.post_ids.get(choice.person) if by_person and choice.kind != "external" else None,
        booking=bookings.for_need(choice.person, need) if choice.kind == "external" else None,
        into_lesson_id=int(into) if into else None,
        starts_at=need.starts_at,
        ends_at=need.ends_at,
        from_version=version,
    )


class _Bookings:
    """The half and whole days that a plan uses: those there are, and new ones for the rest."""

    def __init__(self, school: School, date: dt.date, day: DayProblem, plan: Plan) -> None:
        self.school, self.date, self.day = school, date, day
        self.found: dict[tuple[int, Half], Booking] = {}
        rows = Booking.objects.filter(
            school=school, date=date, state__in=[*HOLDING, BookingState.PROPOSED]
        ).order_by("id")
        for row in sorted(rows, key=lambda row: row.state in HOLDING):
            for half in _halves(row.part):
                self.found[row.person_id, half] = row
        for planned in plan.bookings:
            self._make(planned.person, planned.halves, planned.cents)

    def for_need(self, person: str, need: CoverNeed) -> Booking:
        return self.found[self.day.person_ids[person], self.day.day.half_of(need.starts_at)]

    def _make(self, person: str, halves: tuple[Half, ...], cents: int) -> None:
        """A booking for the halves that have none; a planned one that does not fit the plan any more gives way."""
        person_id = self.day.person_ids[person]
        missing = tuple(half for half in halves if not self._fits(person_id, half, halves))
        if not missing:
            return
        starts_at, ends_at = self._stretch(person, missing)
        booking = Booking.objects.create(
            district_id=self.school.district_id,
            school=self.school,
            person_id=person_id,
            date=self.date,
            part=BookingPart.DAY if len(missing) == 2 else BookingPart(missing[0]),
            starts_at=starts_at,
            ends_at=ends_at,
            cost_cents=cents,
        )
        for half in missing:
            self.found[person_id, half] = booking

    def _fits(self, person_id: int, half: Half, halves: tuple[Half, ...]) -> bool:
        booking = self.found.get((person_id, half))
        return booking is not None and (booking.state in HOLDING or set(_halves(booking.part)) == set(halves))

    def _stretch(self, person: str, halves: tuple[Half, ...]) -> tuple[dt.datetime, dt.datetime]:
        """From the first half's beginning to the last one's end, and over every lesson that hangs over noon."""
        spans = [self.day.day.span_of(half) for half in halves]
        return min(starts for starts, _ in spans), max(ends for _, ends in spans)


def _halves(part: str) -> tuple[Half, ...]:
    match part:
        case "day":
            return ("am", "pm")
        case "am":
            return ("am",)
        case _:
            return ("pm",)
