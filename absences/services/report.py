"""Report an absence."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from absences.days import DaySpan, Extent
from absences.hooks import absence_changed
from absences.models import Absence, AbsenceReason, AbsenceState
from absences.selectors.reasons import reason_named
from absences.selectors.spans import NotHere, spans_for
from schools.errors import Refused
from schools.models import User
from schools.services.audit import record
from staffing.models import Person, Post

from .rows import announce_absence, lock_posts, write_days, write_holds

NOTHING_CHOSEN = "Tick the lessons that will be missed, or give times."
Periods = Sequence[int] | Mapping[uuid.UUID, Sequence[int]]


def report_absence(
    *,
    start_date: dt.date,
    end_date: dt.date,
    reason: str,
    actor: User | None,
    now: dt.datetime,
    person: Person | None = None,
    post: Post | None = None,
    start_time: dt.time | None = None,
    end_time: dt.time | None = None,
    periods: Periods | None = None,
    note_for_cover: str = "",
    note_for_office: str = "",
    is_own: bool = False,
    report: uuid.UUID | None = None,
) -> list[Absence]:
    """Report one post, or a person with every post the door shows, away; one absence per post, joined by `report`.

    Both dates are inclusive. Over several days, `start_time` counts on the first date and `end_time` on the last, with whole
    days between; `periods` count on every date. `periods` are numbers, or numbers by the post's uuid: then only these posts
    are away. Of several posts, those with nothing to report there (closed, not running, reported before) are passed over.
    `is_own` says that the absentee reports: then the limit of days back holds. The same `report` again returns the absences
    of the first time. A reason that needs approval makes them pending: no hold and no needs until then.
    Raises Refused, naming the field.
    """
    posts = _posts(person, post, periods)
    token = report or uuid.uuid4()
    earlier = _of_report(token, posts)
    if earlier:
        return earlier
    chosen = reason_named(reason)
    extents = [
        (found, Extent(start_date, end_date, start_time, end_time, _numbers(found, periods)))
        for found in posts
    ]
    planned = _plan(extents, now=now, is_own=is_own)
    written = []
    for found, spans in planned:
        absence = _absence(found, chosen, token, actor, now)
        absence.starts_on, absence.ends_on = start_date, end_date
        absence.note_for_cover, absence.note_for_office = note_for_cover.strip(), note_for_office.strip()
        absence.save()
        written.append(_written(absence, spans, actor))
    return written


def _posts(person: Person | None, post: Post | None, periods: Periods | None) -> list[Post]:
    """The posts this is about, locked. Raises Refused where there is none, or nothing was chosen."""
    if periods is not None and not any(periods.values() if isinstance(periods, Mapping) else periods):
        raise Refused(NOTHING_CHOSEN, field="periods")
    posts = lock_posts(pk=post.pk) if post else lock_posts(person=person) if person else []
    if not posts:
        raise Refused("There is no post at a school to be absent from.")
    if isinstance(periods, Mapping):
        posts = [found for found in posts if periods.get(found.uuid)]
        if not posts:
            raise Refused(NOTHING_CHOSEN, field="periods")
    return posts


def _numbers(post: Post, periods: Periods | None) -> tuple[int, ...]:
    chosen = periods.get(post.uuid, ()) if isinstance(periods, Mapping) else periods
    return tuple(chosen or ())


def _of_report(token: uuid.UUID, posts: list[Post]) -> list[Absence]:
    rows = Absence.objects.filter(report=token, post__in=posts).select_related("post__school", "reason")
    return list(rows.order_by("pk"))


def _plan(
    extents: list[tuple[Post, Extent]], *, now: dt.datetime, is_own: bool
) -> list[tuple[Post, list[DaySpan]]]:
    """What each post is away. Raises the first refusal when no post has anything to report."""
    planned: list[tuple[Post, list[DaySpan]]] = []
    passed_over: list[NotHere] = []
    for post, extent in extents:
        try:
            planned.append((post, spans_for(post, extent, now=now, is_own=is_own)))
        except NotHere as not_here:
            passed_over.append(not_here)
    if not planned:
        raise passed_over[0]
    return planned


def _absence(
    post: Post, reason: AbsenceReason, token: uuid.UUID, actor: User | None, now: dt.datetime
) -> Absence:
    return Absence(
        district_id=post.district_id,
        school=post.school,
        post=post,
        report=token,
        reason=reason,
        state=AbsenceState.PENDING if reason.needs_approval else AbsenceState.ACTIVE,
        reported_by=actor,
        reported_at=now,
    )


def _written(absence: Absence, spans: list[DaySpan], actor: User | None) -> Absence:
    """Days, hold, audit and news of one new absence."""
    dates = write_days(absence, spans)
    record(
        action="absence.report",
        subject=absence,
        actor=actor,
        changes={
            "state": (None, absence.state),
            "dates": (None, [absence.starts_on.isoformat(), absence.ends_on.isoformat()]),
        },
    )
    announce_absence("absence.reported", absence, actor)
    if absence.state == AbsenceState.ACTIVE:
        write_holds(absence, [stretch for span in spans for stretch in span.stretches])
        absence_changed.tell(absence, dates, actor)
    return absence
