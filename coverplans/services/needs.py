"""Turns absences into cover needs, again and again with the same result.

Recomputing a day compares what the active absences take away with the rows that are there and changes only the difference:
a need that stays keeps its id, its assignment and whatever the manager decided about it.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from absences.models import AbsenceDay, AbsenceState, DayKind
from coverplans.models import CoverNeed, NeedState, WhyNotRequired
from coverplans.services.locking import lock_day
from coverplans.services.release import release_need, release_people
from schools.models import School, User
from schools.selectors.settings import EffectiveSettings, settings_of
from schools.settings_registry import CO_TEACHING, STILL_TAUGHT_MINUTES, CoTeaching
from staffing.selectors.day import DayLesson, lessons_on

NEEDS_COVER = ("lesson", "duty")


@dataclass(frozen=True, slots=True)
class Loss:
    """One lesson that one absent post loses, and what that means: a reason not to need cover, or none."""

    lesson: DayLesson
    day: AbsenceDay
    why_not: WhyNotRequired | None = None

    @property
    def key(self) -> tuple[int, int]:
        return self.lesson.id, self.day.post_id


def recompute_needs(*, school: School, date: dt.date, actor: User | None, now: dt.datetime) -> None:
    """Bring the needs of one date in line with its absences. Needs a door of the school; idempotent.

    Needs that have ended and were covered stay as they are, whatever changes afterwards. Where an absent person was to cover
    somebody else's lesson, that lesson is open again.
    """
    lock_day(school, date)
    days = list(
        AbsenceDay.objects.filter(school=school, date=date, absence__state=AbsenceState.ACTIVE)
        .select_related("post__person")
        .order_by("id")
    )
    losses = _losses(days, lessons_on(school, date), settings_of(school))
    rows = {(row.lesson_id, row.post_id): row for row in CoverNeed.objects.filter(school=school, date=date)}
    _withdraw(rows, losses, actor, now)
    _write(school, date, rows, losses)
    _point_to_the_open_one(school, date)
    release_people(school=school, date=date, absent={day.post.person_id: day for day in days}, actor=actor)


def _losses(
    days: list[AbsenceDay], lessons: list[DayLesson], settings: EffectiveSettings
) -> dict[tuple[int, int], Loss]:
    away: dict[int, list[AbsenceDay]] = defaultdict(list)
    for day in days:
        away[day.post_id].append(day)
    found: dict[tuple[int, int], Loss] = {}
    for lesson in lessons:
        if lesson.kind in NEEDS_COVER:
            for loss in _losses_of(lesson, away, settings):
                found[loss.key] = loss
    return found


def _losses_of(
    lesson: DayLesson, away: dict[int, list[AbsenceDay]], settings: EffectiveSettings
) -> list[Loss]:
    """What the absences take from one lesson, judged by the co-teaching setting."""
    lost = [(day, lost_minutes(lesson, day)) for post_id in lesson.post_ids for day in away.get(post_id, [])]
    lost = [(day, minutes) for day, minutes in lost if minutes]
    gone = {day.post_id for day, _ in lost}
    someone_stays = any(post_id not in gone for post_id in lesson.post_ids)
    one_is_enough = settings[CO_TEACHING] == CoTeaching.ONE_IS_ENOUGH
    found: list[Loss] = []
    is_open = False
    for day, minutes in lost:
        remaining = lesson.minutes - minutes
        why_not: WhyNotRequired | None = None
        if remaining and remaining >= settings[STILL_TAUGHT_MINUTES]:
            why_not = WhyNotRequired.STILL_TAUGHT
        elif one_is_enough and someone_stays:
            why_not = WhyNotRequired.CO_TAUGHT
        elif one_is_enough and is_open:
            why_not = WhyNotRequired.SAME_LESSON
        is_open = is_open or why_not is None
        found.append(Loss(lesson, day, why_not))
    return found


def lost_minutes(lesson: DayLesson, day: AbsenceDay) -> int:
    """How many minutes of a lesson fall into an absence; chosen periods take the whole lesson."""
    if day.kind == DayKind.PERIODS:
        return lesson.minutes if lesson.period_number in day.periods else 0
    overlap = min(lesson.ends_at, day.ends_at) - max(lesson.starts_at, day.starts_at)
    return max(0, int(overlap.total_seconds() // 60))


def _withdraw(
    rows: dict[tuple[int, int], CoverNeed],
    losses: dict[tuple[int, int], Loss],
    actor: User | None,
    now: dt.datetime,
) -> None:
    for key, row in rows.items():
        is_history = row.ends_at <= now and row.state == NeedState.COVERED
        if key not in losses and row.state != NeedState.WITHDRAWN and not is_history:
            release_need(need=row, actor=actor, why="the absence ended or changed")
            row.state, row.why_not_required, row.stands_with, row.absence_day = (
                NeedState.WITHDRAWN,
                "",
                None,
                None,
            )
            row.save(update_fields=["state", "why_not_required", "stands_with", "absence_day"])


def _write(
    school: School, date: dt.date, rows: dict[tuple[int, int], CoverNeed], losses: dict[tuple[int, int], Loss]
) -> None:
    CoverNeed.objects.bulk_create(
        [_new(school, date, loss) for key, loss in losses.items() if key not in rows]
    )
    changed = [row for key, row in rows.items() if key in losses and _update(row, losses[key])]
    CoverNeed.objects.bulk_update(
        changed, ["state", "why_not_required", "absence_day", "starts_at", "ends_at"]
    )


def _new(school: School, date: dt.date, loss: Loss) -> CoverNeed:
    lesson, post = loss.lesson, loss.day.post
    return CoverNeed(
        district_id=school.district_id,
        school=school,
        date=date,
        lesson_id=lesson.id,
        post=post,
        absence_day=loss.day,
        absent_name=post.person.name,
        kind=lesson.kind,
        bell=lesson.bell,
        period_number=lesson.period_number,
        period_name=lesson.period_name,
        subject=lesson.subject,
        sections=lesson.sections_label[:400],
        room=lesson.rooms_label[:200],
        priority=max((section.weight for section in lesson.sections), default=1),
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
        state=NeedState.NOT_REQUIRED if loss.why_not else NeedState.OPEN,
        why_not_required=loss.why_not or "",
    )


def _update(row: CoverNeed, loss: Loss) -> bool:
    """Bring one row in line; True when it changed. What the manager waived stays waived while the lesson is lost."""
    before = (row.state, row.why_not_required, row.absence_day_id, row.starts_at, row.ends_at)
    row.absence_day, row.starts_at, row.ends_at = loss.day, loss.lesson.starts_at, loss.lesson.ends_at
    if row.why_not_required != WhyNotRequired.WAIVED:
        if loss.why_not:
            if row.state in (NeedState.OPEN, NeedState.COVERED):
                release_need(need=row, actor=None, why=loss.why_not.label)
            row.state, row.why_not_required = NeedState.NOT_REQUIRED, loss.why_not
        elif row.state in (NeedState.WITHDRAWN, NeedState.NOT_REQUIRED):
            row.state, row.why_not_required = NeedState.OPEN, ""
    return before != (row.state, row.why_not_required, loss.day.pk, row.starts_at, row.ends_at)


def _point_to_the_open_one(school: School, date: dt.date) -> None:
    """Needs that are not required because another adult is enough say which need of the lesson stands for them."""
    rows = list(CoverNeed.objects.filter(school=school, date=date).exclude(state=NeedState.WITHDRAWN))
    standing = {row.lesson_id: row for row in rows if row.state in (NeedState.OPEN, NeedState.COVERED)}
    changed = []
    for row in rows:
        target = standing.get(row.lesson_id) if row.why_not_required == WhyNotRequired.SAME_LESSON else None
        if row.stands_with_id != (target.pk if target else None):
            row.stands_with = target
            changed.append(row)
    CoverNeed.objects.bulk_update(changed, ["stands_with"])
