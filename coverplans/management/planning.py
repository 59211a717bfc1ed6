"""One school's part of `plan-cover`: plan, publish where asked, and what came of it."""

import datetime as dt
from dataclasses import dataclass

from coverplans.management.across import scope_of
from coverplans.matching import UnsoundPlanError
from coverplans.models import CoverPlan
from coverplans.selectors.plan_counts import PlanCounts, count_plans
from coverplans.selectors.stored import stored
from coverplans.services.plan_day import DayClosed, plan_day
from coverplans.services.publish import publish_day
from schools.errors import Conflict, Refused
from schools.models import School
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one school's day. `state` is `draft`, `published`, `closed` or `failed`; `problem` says why it failed.

    `lost` are needs that another school was faster for: they are in a new draft.
    """

    school: str
    date: dt.date
    state: str
    problem: str = ""
    version: int | None = None
    counts: PlanCounts | None = None
    quality: str = ""
    told: int = 0
    lost: int = 0


def plan_school(*, school: School, date: dt.date, publish: bool, now: dt.datetime) -> Outcome:
    """Plan one school's day in its own door. What goes wrong there is told, so that other schools are planned all the same."""
    scope = scope_of(school.district_id, school.pk)
    try:
        version = plan_day(scope=scope, school_slug=school.slug, date=date, actor=None, now=now)
        if not publish:
            return _outcome(scope, version, school, told=0, lost=0)
        done = publish_day(scope=scope, school_slug=school.slug, date=date, actor=None, now=now)
        return _outcome(scope, done.plan, school, told=done.told, lost=len(done.lost))
    except DayClosed as closed:
        return Outcome(school.slug, date, "closed", closed.message)
    except (Refused, Conflict) as refused:
        return Outcome(school.slug, date, "failed", refused.message)
    except UnsoundPlanError as unsound:
        return Outcome(school.slug, date, "failed", f"The plan did not pass its check: {unsound}")


def _outcome(scope: Scope, version: CoverPlan, school: School, *, told: int, lost: int) -> Outcome:
    with tenant(scope):
        counts = count_plans([version])[version.pk]
    kept = stored(version)
    return Outcome(
        school=school.slug,
        date=version.date,
        state=str(version.state),
        version=version.version,
        counts=counts,
        quality=kept.headline if kept else "",
        told=told,
        lost=lost,
    )


def sentence(outcome: Outcome) -> str:
    """`oak 2026-11-23: draft 1: 5 needs, 4 covered, 1 typed, 0 uncovered; proven best.`"""
    start = f"{outcome.school} {outcome.date}: "
    if outcome.counts is None:
        return start + (outcome.problem if outcome.state == "failed" else "closed.")
    found = outcome.counts
    numbers = (
        f"{found.needs} {'need' if found.needs == 1 else 'needs'}, {found.covered} covered, "
        f"{found.measures} typed, {found.uncovered} uncovered"
    )
    line = f"{start}{outcome.state} {outcome.version}: {numbers}; {outcome.quality}."
    if outcome.state == "published":
        line += f" {outcome.told} {'person' if outcome.told == 1 else 'people'} told."
    if outcome.lost:
        line += f" {outcome.lost} planned again: another school was faster for these people."
    return line
