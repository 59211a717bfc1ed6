"""The demo's days: two weeks that are over, and today and tomorrow with people out and nothing planned yet."""

import datetime as dt
import random

from absences.models import Absence
from absences.services.report import report_absence
from coverplans.models import CoverPlan, Offer
from coverplans.services.offers import accept_offer
from coverplans.services.plan_day import plan_day
from coverplans.services.publish import publish_day
from schools.errors import Refused
from schools.models import School, User
from schools.selectors.calendar import local_moment, open_days
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from staffing.models import Post
from staffing.selectors.day import lessons_on

HISTORY = dt.timedelta(days=14)
AHEAD = dt.timedelta(days=10)
SHARE_OUT = (0.04, 0.07)
SHARE_OUT_TODAY = 0.12
REPORTED, PLANNED = dt.time(6, 20), dt.time(6, 45)


def make_history(school: School, today: dt.date, seed: int, actor: User | None) -> int:
    """Plan and publish each open day of the last two weeks that has no plan yet; how many were made."""
    scope = Scope.schools(school.district_id, [school.pk])
    with tenant(scope):
        dates = [day.date for day in open_days(school, today - HISTORY, today - dt.timedelta(days=1))]
        done = set(CoverPlan.objects.filter(school=school, date__in=dates).values_list("date", flat=True))
    missing = [date for date in dates if date not in done]
    for date in missing:
        rng = _rng(seed, school, date)
        now = local_moment(date, PLANNED, school.zone)
        with tenant(scope):
            _report(school, date, rng, rng.uniform(*SHARE_OUT), actor)
        plan_day(scope=scope, school_slug=school.slug, date=date, actor=actor, now=now)
        publish_day(scope=scope, school_slug=school.slug, date=date, actor=actor, now=now)
        with tenant(scope):
            for offer in Offer.objects.filter(booking__date=date, state="sent").order_by("id"):
                accept_offer(offer=offer, actor=None, now=now)
    return len(missing)


def make_absences(school: School, today: dt.date, seed: int, actor: User | None) -> int:
    """People out on the next two open days, today included, where nobody is yet; how many reports."""
    with tenant(Scope.schools(school.district_id, [school.pk])):
        reported = 0
        for day in open_days(school, today, today + AHEAD)[:2]:
            if not Absence.objects.filter(school=school, starts_on=day.date).exists():
                rng = _rng(seed, school, day.date)
                reported += _report(school, day.date, rng, SHARE_OUT_TODAY, actor)
    return reported


def _rng(seed: int, school: School, date: dt.date) -> random.Random:
    return random.Random(f"{seed}-{school.slug}-{date}")  # noqa: S311  demo data


def _report(school: School, date: dt.date, rng: random.Random, share: float, actor: User | None) -> int:
    """Draw who is out; whoever signs in to the demo stays, so that there is somebody to report."""
    taught = {
        post_id
        for lesson in lessons_on(school, date)
        if lesson.kind == "lesson"
        for post_id in lesson.post_ids
    }
    posts = Post.objects.filter(school=school, pk__in=taught, person__user__isnull=True).select_related(
        "person"
    )
    everybody = list(posts.order_by("code"))
    count = max(2, round(len(everybody) * share))
    return sum(
        _report_one(post, date, rng, actor) for post in rng.sample(everybody, min(count, len(everybody)))
    )


def _report_one(post: Post, date: dt.date, rng: random.Random, actor: User | None) -> int:
    part = rng.random()
    reason = rng.choices(["sick", "training", "personal"], [7, 2, 1])[0]
    try:
        report_absence(
            post=post,
            start_date=date,
            end_date=date,
            reason=reason,
            start_time=dt.time(11) if part > 0.85 else None,
            end_time=dt.time(11) if part < 0.1 else None,
            note_for_cover="Worksheets are on the desk." if part > 0.5 else "",
            actor=actor,
            now=local_moment(date, REPORTED, post.school.zone),
        )
    except Refused:
        return 0
    return 1
