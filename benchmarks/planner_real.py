"""Solve every day of real timetables with seeded draws of absent teachers, and compare with greedy covering.

    python benchmarks/planner_real.py PATH… [--pool N] [--draws N] [--json]

Each PATH is a timetable folder. It is loaded into a database of its own, which is dropped afterwards. For each day of the cycle
and for 5 % and 10 % of the teachers out, the day goes the real way: absences are reported, needs follow, the planner's input is
read from the database, solved exactly, judged by the independent checker, and compared with per-need greedy (least loaded
first).

Prints per school: needs, covered, typed measures, uncovered; the tier values summed, exact and greedy; the solve time, and its
ratio to the time of reading the same day from the database in the same run. Exit 1 if a plan is not proven, breaks a rule, or
is lexicographically worse than greedy.
"""

import argparse
import datetime as dt
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "teachercover.settings.test"

import django

django.setup()

from django.db import transaction
from django.test.utils import setup_databases, teardown_databases

from absences.models import AbsenceReason
from absences.services.report import report_absence
from coverplans.matching import Plan, evaluate, greedy_plan, solve
from coverplans.selectors.day_problem import read_day_problem
from schools.models import District, School
from schools.selectors.calendar import local_moment, open_days
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from staffing.importers.csv_folder import read_folder
from staffing.importers.days import choose_mapping
from staffing.models import Person, Post, SubstituteProfile
from staffing.selectors.day import lessons_on
from staffing.services.load_timetable import load_timetable

START = dt.date(2026, 9, 7)
SHARES = (0.05, 0.10)
TIERS = ("uncovered", "last_resort", "changes", "money", "fairness", "quality")


@dataclass
class Tally:
    """What all days of one school add up to."""

    name: str
    days: int = 0
    needs: int = 0
    covered: int = 0
    typed: int = 0
    uncovered: int = 0
    exact: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TIERS, 0))
    greedy: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TIERS, 0))
    solve_ms: list[float] = field(default_factory=list)
    read_ms: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, label: str, plan: Plan, greedy: Plan, conflicts: tuple[str, ...]) -> None:
        self.days += 1
        self.needs += len(plan.choices)
        self.covered += len(plan.assignments)
        self.typed += len(plan.measures)
        self.uncovered += len(plan.uncovered)
        for tier in TIERS:
            self.exact[tier] += plan.totals[tier]
            self.greedy[tier] += greedy.totals[tier]
        if not plan.proven:
            self.faults.append(f"{label}: not proven optimal")
        if conflicts:
            self.faults.append(f"{label}: breaks {'; '.join(conflicts)}")
        if plan.vector() > greedy.vector():
            self.faults.append(f"{label}: worse than greedy, {plan.vector()} > {greedy.vector()}")


def main() -> int:
    options = _arguments()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        tallies = [
            _school(place, Path(path), options.pool, options.draws)
            for place, path in enumerate(options.paths)
        ]
    finally:
        teardown_databases(databases, verbosity=0)
    if options.json:
        print(json.dumps([_as_json(tally) for tally in tallies], indent=1))
    else:
        _print(tallies)
    return 1 if any(tally.faults for tally in tallies) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("paths", nargs="+", help="timetable folders")
    parser.add_argument("--pool", type=int, default=4, help="substitutes in the district's pool (default 4)")
    parser.add_argument(
        "--draws", type=int, default=2, help="draws of absent teachers per day and share (default 2)"
    )
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _school(place: int, path: Path, pool: int, draws: int) -> Tally:
    school = _load(place, path, pool)
    tally = Tally(path.name)
    for date, cycle_day in _one_date_per_cycle_day(school):
        for share in SHARES:
            for draw in range(draws):
                _solve_one(school, date, share, draw, f"day {cycle_day}, {share:.0%} out, draw {draw}", tally)
    return tally


def _load(place: int, path: Path, pool: int) -> School:
    draft = read_folder(path)
    mapping = choose_mapping(days_in_week=len(draft.day_names), weeks=draft.weeks, anchor=START)
    with tenant(Scope.system()):
        district = District.objects.create(slug=f"bench-{place}", name="Benchmark", is_demo=True)
        school = School.objects.create(
            district=district, slug=f"bench-{place}", name=path.name, timezone="Europe/Madrid"
        )
        AbsenceReason.objects.create(district=district, code="sick", name="Sick", category="sickness")
        load_timetable(school=school, draft=draft, effective_from=START, mapping=mapping, actor=None)
        for number in range(pool):
            person = Person.objects.create(district=district, name=f"Substitute {number}")
            SubstituteProfile.objects.create(
                district=district,
                person=person,
                half_day_cents=9000 + 250 * number,
                day_cents=16500,
                active_from=START,
            )
    return school


def _one_date_per_cycle_day(school: School) -> list[tuple[dt.date, int]]:
    with tenant(_scope(school)):
        found: dict[int, dt.date] = {}
        for day in open_days(school, START, START + dt.timedelta(days=40)):
            found.setdefault(day.cycle_day or 0, day.date)
    return [(date, cycle_day) for cycle_day, date in sorted(found.items())]


def _scope(school: School) -> Scope:
    return Scope.schools(school.district_id, [school.pk])


@contextmanager
def _rolled_back(school: School) -> Iterator[None]:
    with tenant(_scope(school)):
        yield
        transaction.set_rollback(True)


def _solve_one(school: School, date: dt.date, share: float, draw: int, label: str, tally: Tally) -> None:
    now = local_moment(date, dt.time(6, 45), school.zone)
    with _rolled_back(school):
        _report(school, date, share, draw, now)
        began = time.perf_counter()
        problem = read_day_problem(school=school, date=date, now=now).problem
        tally.read_ms.append((time.perf_counter() - began) * 1000)
    began = time.perf_counter()
    plan = solve(problem)
    tally.solve_ms.append((time.perf_counter() - began) * 1000)
    judged = evaluate(problem, {choice.need: choice.taker for choice in plan.choices})
    tally.add(label, plan, greedy_plan(problem), (*plan.conflicts, *judged.conflicts))


def _report(school: School, date: dt.date, share: float, draw: int, now: dt.datetime) -> None:
    rng = random.Random(f"{school.slug}-{date}-{share}-{draw}")
    taught = {
        post for lesson in lessons_on(school, date) if lesson.kind == "lesson" for post in lesson.post_ids
    }
    posts = sorted(Post.objects.filter(school=school, pk__in=taught), key=lambda post: post.code)
    everybody = Post.objects.filter(school=school).count()
    for post in rng.sample(posts, min(len(posts), max(1, round(everybody * share)))):
        report_absence(post=post, start_date=date, end_date=date, reason="sick", actor=None, now=now)


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def _as_json(tally: Tally) -> dict[str, object]:
    return {
        "school": tally.name,
        "plans": tally.days,
        "needs": tally.needs,
        "covered": tally.covered,
        "typed": tally.typed,
        "uncovered": tally.uncovered,
        "tiers": {"exact": tally.exact, "greedy": tally.greedy},
        "solve_ms": {
            "p50": statistics.median(tally.solve_ms),
            "p95": _percentile(tally.solve_ms, 0.95),
            "max": max(tally.solve_ms),
        },
        "read_ms": {"p50": statistics.median(tally.read_ms)},
        "solve_to_read": statistics.median(tally.solve_ms) / statistics.median(tally.read_ms),
        "faults": tally.faults,
    }


def _print(tallies: list[Tally]) -> None:
    heads = f"{'school':<18}{'plans':>6}{'needs':>7}{'covered':>9}{'typed':>7}{'uncov.':>7}"
    print(f"{heads}   {'solve ms p50/p95/max':<24}{'read p50':>9}{'ratio':>7}")
    for tally in tallies:
        row = _as_json(tally)
        solve_ms, read_ms = tally.solve_ms, statistics.median(tally.read_ms)
        times = f"{statistics.median(solve_ms):.0f} / {_percentile(solve_ms, 0.95):.0f} / {max(solve_ms):.0f}"
        print(
            f"{tally.name:<18}{tally.days:>6}{tally.needs:>7}{tally.covered:>9}{tally.typed:>7}{tally.uncovered:>7}   "
            f"{times:<24}{read_ms:>9.0f}{row['solve_to_read']:>7.2f}"
        )
    for tally in tallies:
        print(f"\n{tally.name}: sums over all plans")
        for tier in TIERS:
            print(f"  {tier:<12}{tally.exact[tier]:>10} exact{tally.greedy[tier]:>10} greedy")
        verdict = (
            "all proven best, no rule broken, none worse than greedy"
            if not tally.faults
            else "\n  ".join(tally.faults)
        )
        print(f"  {verdict}")


if __name__ == "__main__":
    sys.exit(main())
