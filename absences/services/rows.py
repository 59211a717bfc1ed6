"""Writing an absence's rows: locks, days, holds. Shared by the services of this package and called by nobody else."""

import datetime as dt
from collections.abc import Iterable, Sequence

from absences.days import DaySpan
from absences.models import Absence, AbsenceDay
from absences.stretches import Stretch, merged
from schools.errors import Conflict
from schools.models import User
from schools.outbox.announce import announce
from staffing.models import PersonHold, Post
from staffing.models.hold import HoldKind


def lock_posts(**chosen: object) -> list[Post]:
    """The posts, by key, locked until the transaction ends: two reports at once cannot overlap. One query."""
    rows = Post.objects.filter(**chosen).select_related("school", "person").order_by("pk")
    return list(rows.select_for_update(of=("self",), no_key=True))


def lock_absence(absence: Absence) -> tuple[Absence, Post]:
    """The absence as it is now and its post, locked in the same order as a report locks. Two queries."""
    (post,) = lock_posts(pk=absence.post_id)
    fresh = Absence.objects.select_related("reason").get(pk=absence.pk)
    fresh.post = post
    return fresh, post


def move_state(absence: Absence, *, seen: str, wanted: str, **columns: object) -> None:
    """Compare and set. Raises Conflict when somebody else moved the absence since it was read."""
    moved = Absence.objects.filter(pk=absence.pk, state=seen).update(state=wanted, **columns)
    if not moved:
        now = Absence.objects.values_list("state", flat=True).get(pk=absence.pk)
        raise Conflict("Somebody else changed this absence just now.", theirs=now, yours=wanted)
    absence.state = wanted
    for name, value in columns.items():
        setattr(absence, name, value)


def write_days(absence: Absence, spans: Sequence[DaySpan]) -> list[dt.date]:
    """Make the rows say what the spans say and return the dates that differ; rows that agree are not touched."""
    rows = {day.date: day for day in AbsenceDay.objects.filter(absence=absence)}
    wanted = {span.date: span for span in spans}
    gone = [day for date, day in rows.items() if date not in wanted]
    changed = [_overwritten(rows[date], span) for date, span in wanted.items() if date in rows]
    differing = [day for day in changed if day is not None]
    new = [_day(absence, span) for date, span in wanted.items() if date not in rows]
    if gone:
        AbsenceDay.objects.filter(pk__in=[day.pk for day in gone]).delete()
    AbsenceDay.objects.bulk_update(
        differing, list(wanted[differing[0].date].columns()) if differing else ["kind"]
    )
    AbsenceDay.objects.bulk_create(new)
    return sorted(day.date for day in [*gone, *differing, *new])


def _day(absence: Absence, span: DaySpan) -> AbsenceDay:
    return AbsenceDay(
        district_id=absence.district_id,
        school_id=absence.school_id,
        absence=absence,
        post_id=absence.post_id,
        date=span.date,
        **span.columns(),
    )


def _overwritten(day: AbsenceDay, span: DaySpan) -> AbsenceDay | None:
    """The row with the span's values, or None when it has them already."""
    columns = span.columns()
    if all(getattr(day, name) == value for name, value in columns.items()):
        return None
    for name, value in columns.items():
        setattr(day, name, value)
    return day


def write_holds(absence: Absence, stretches: Iterable[Stretch]) -> None:
    """Make the person's `unavailable` holds of this absence these stretches; those that agree are not touched."""
    rows = {(hold.starts_at, hold.ends_at): hold.pk for hold in PersonHold.objects.filter(owner=absence.uuid)}
    wanted = merged(stretches)
    PersonHold.objects.filter(pk__in=[key for stretch, key in rows.items() if stretch not in wanted]).delete()
    PersonHold.objects.bulk_create(
        PersonHold(
            district_id=absence.district_id,
            person_id=absence.post.person_id,
            starts_at=starts_at,
            ends_at=ends_at,
            kind=HoldKind.UNAVAILABLE,
            owner=absence.uuid,
        )
        for starts_at, ends_at in wanted
        if (starts_at, ends_at) not in rows
    )


def announce_absence(topic: str, absence: Absence, actor: User | None) -> None:
    """Tell the world outside, by ids only."""
    announce(
        topic,
        district_id=absence.district_id,
        school_id=absence.school_id,
        payload={"absence": str(absence.uuid), "actor": actor.pk if actor else None},
    )
