"""Plans a school's whole day as one problem.

A door to read, the solve with no transaction at all, a door to write under the day's lock. The second door reads again and
compares fingerprints: if the day has changed meanwhile it is planned once more, and then the caller is told.
"""

import datetime as dt
import json
import zlib

from coverplans.matching import Plan, solve_and_explain
from coverplans.matching.codec import encode, input_hash
from coverplans.matching.explain import Explanation as Explained
from coverplans.models import CoverPlan, Explanation
from coverplans.selectors.day_problem import DayProblem, read_day_problem
from coverplans.services.locking import lock_day
from coverplans.services.write_plan import write_plan
from schools.errors import Conflict, Refused
from schools.models import CalendarDay, School, User
from schools.services.audit import record
from schools.tenancy.door import inside_door, tenant
from schools.tenancy.scope import Scope

TRIES = 2


class DayClosed(Refused):
    """The school is closed on that day, so there is nothing to plan."""


def plan_day(
    *, scope: Scope, school_slug: str, date: dt.date, actor: User | None, now: dt.datetime
) -> CoverPlan:
    """Plan the day and keep the answer as the new draft. Opens its own doors: call it outside any.

    Raises Refused for a day that is closed or beyond the calendar, and Conflict when the day kept changing while it was
    planned.
    """
    if inside_door():
        raise RuntimeError(
            "planning opens its own doors, so that no transaction stays open while the solver works"
        )
    for _ in range(TRIES):
        with tenant(scope):
            school = School.objects.get(slug=school_slug)
            _refuse_closed(school, date)
            read = read_day_problem(school=school, date=date, now=now)
        plan, explained = solve_and_explain(read.problem)
        with tenant(scope):
            lock_day(school, date)
            again = read_day_problem(school=school, date=date, now=now)
            if input_hash(again.problem) == input_hash(read.problem):
                return _keep(school, date, again, plan, explained, actor)
    raise Conflict("The day changed while it was being planned. Look at the board and plan again.")


def _refuse_closed(school: School, date: dt.date) -> None:
    day = CalendarDay.objects.filter(school=school, date=date).first()
    if day is None:
        raise Refused(
            f"{school.name} has no calendar for {date:%d %B %Y}: load a timetable that reaches it.",
            field="date",
        )
    if not day.is_open:
        raise DayClosed(
            f"{school.name} is closed on {date:%d %B %Y}; there is nothing to plan.", field="date"
        )


def _keep(
    school: School,
    date: dt.date,
    day: DayProblem,
    plan: Plan,
    explained: dict[str, Explained],
    actor: User | None,
) -> CoverPlan:
    version = write_plan(school=school, date=date, day=day, plan=plan, actor=actor)
    version.is_proven = plan.proven
    version.tiers = [
        {"name": tier.name, "value": tier.value, "bound": tier.bound, "gap": tier.gap, "proven": tier.proven}
        for tier in plan.tiers
    ]
    version.measures = _count_kinds(plan)
    version.input_hash = input_hash(day.problem)
    version.solver, version.seed = plan.work.solver, plan.work.seed
    version.solve_seconds = plan.work.seconds
    version.problem = encode(day.problem)
    version.result = zlib.compress(json.dumps(plan.to_dict(), sort_keys=True).encode())
    version.save()
    _keep_explanations(school, version, day, explained)
    record(
        action="plan.make",
        subject=version,
        actor=actor,
        changes={"uncovered": (None, len(plan.uncovered)), "needs": (None, len(plan.choices))},
    )
    return version


def _keep_explanations(
    school: School, version: CoverPlan, day: DayProblem, explained: dict[str, Explained]
) -> None:
    rows = []
    for key, found in explained.items():
        data = found.to_dict()
        chosen = {part: data[part] for part in ("sentence", "terms", "uncovered_because")}
        rows.append(
            Explanation(
                district_id=school.district_id,
                school=school,
                plan=version,
                need=day.needs[key],
                chosen=chosen,
                alternatives=data["alternatives"],
                excluded=data["excluded"],
            )
        )
    Explanation.objects.bulk_create(rows)


def _count_kinds(plan: Plan) -> dict[str, int]:
    counts: dict[str, int] = {}
    for choice in plan.choices:
        counts[choice.kind] = counts.get(choice.kind, 0) + 1
    return counts
