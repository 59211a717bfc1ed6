"""From what was asked for to what it means on each open date; everything that cannot be is refused here."""

import datetime as dt
from collections.abc import Iterable, Mapping

from absences.days import Clock, DaySpan, Extent
from absences.models import Absence, DayKind
from absences.selectors.clocks import read_clocks
from absences.selectors.standing import standing_days, stretches_of
from absences.stretches import Stretch, overlap, within
from absences.words import dates_text, day_text, when_text
from schools.errors import Refused
from schools.selectors.calendar import local_moment, today_at
from schools.selectors.settings import settings_of
from schools.settings_registry import ABSENT_FROM, AbsentFrom
from staffing.models import Post

DAYS_BACK = 14
"""How far back a teacher may report; the cover manager may go further."""
DAYS_AHEAD = 400
_DAY = dt.timedelta(days=1)


class NotHere(Refused):
    """Refused for this post; another post of the same person may still have something to report."""


def spans_for(
    post: Post, extent: Extent, *, now: dt.datetime, is_own: bool, but: Absence | None = None
) -> list[DaySpan]:
    """What the extent means for a post, one span per open date; `but` is the absence that is being changed.

    Raises Refused, naming the field, for everything that cannot be. Six queries.
    """
    check_extent(extent)
    check_dates(extent, post, now=now, is_own=is_own, was_from=but.starts_on if but else None)
    clocks = read_clocks([post], extent.start_date, extent.end_date)
    spans = spans_of(extent, post, clocks, absent_from=settings_of(post.school)[ABSENT_FROM])
    check_overlap(spans, post, clocks, but=but)
    return spans


def check_extent(extent: Extent) -> None:
    """Raises Refused for what no school could understand."""
    if extent.end_date < extent.start_date:
        raise Refused(
            f"The absence ends on {day_text(extent.end_date)}, before it starts on {day_text(extent.start_date)}.",
            field="end_date",
        )
    if extent.periods and (extent.start_time or extent.end_time):
        raise Refused("Choose lessons or give times, not both.", field="start_time")
    one_day = extent.start_date == extent.end_date
    if one_day and extent.start_time and extent.end_time and extent.end_time <= extent.start_time:
        raise Refused(
            f"It ends at {extent.end_time:%H:%M}, but starts at {extent.start_time:%H:%M}.", field="end_time"
        )


def check_dates(
    extent: Extent, post: Post, *, now: dt.datetime, is_own: bool, was_from: dt.date | None = None
) -> None:
    """Raises Refused for dates outside the post, too far ahead, or, for a teacher, too far back.

    `was_from` is the first date of an absence that is changed: keeping it is never too far back.
    """
    today = today_at(post.school, now)
    earliest = min(today - DAYS_BACK * _DAY, was_from or dt.date.max)
    if is_own and extent.start_date < earliest:
        raise Refused(
            f"{day_text(extent.start_date)} is more than {DAYS_BACK} days ago; ask the cover manager to enter it.",
            field="start_date",
        )
    if extent.end_date > today + DAYS_AHEAD * _DAY:
        raise Refused(
            f"{extent.end_date.isoformat()} is more than {DAYS_AHEAD} days ahead; report it nearer to the time.",
            field="end_date",
        )
    _check_post(extent, post)


def _check_post(extent: Extent, post: Post) -> None:
    school = post.school.name
    if extent.start_date < post.starts_on:
        refused = NotHere if extent.end_date < post.starts_on else Refused
        raise refused(f"The post at {school} starts on {post.starts_on.isoformat()}.", field="start_date")
    if post.ends_on is not None and extent.end_date > post.ends_on:
        refused = NotHere if extent.start_date > post.ends_on else Refused
        raise refused(f"The post at {school} ends on {post.ends_on.isoformat()}.", field="end_date")


def spans_of(
    extent: Extent, post: Post, clocks: Mapping[tuple[int, dt.date], Clock], *, absent_from: str
) -> list[DaySpan]:
    """One span per open date of the post in the range. Raises NotHere when there is none, or none that fits."""
    own = [clock for (post_id, _), clock in clocks.items() if post_id == post.pk]
    open_clocks = [clock for clock in own if extent.start_date <= clock.date <= extent.end_date]
    if not open_clocks:
        raise NotHere(
            f"{post.school.name} has no open day on {dates_text(extent.start_date, extent.end_date)}.",
            field="start_date",
        )
    if extent.periods:
        return _by_periods(extent, open_clocks)
    return [_by_times(extent, clock, post, absent_from) for clock in open_clocks]


def _by_periods(extent: Extent, clocks: list[Clock]) -> list[DaySpan]:
    """Chosen periods count on every date that has them; one that no date has is refused."""
    known = {number for clock in clocks for number in clock.periods}
    unknown = sorted(set(extent.periods) - known)
    if unknown:
        raise NotHere(
            f"There is no period {', '.join(map(str, unknown))} on {dates_text(extent.start_date, extent.end_date)}.",
            field="periods",
        )
    spans = []
    for clock in clocks:
        numbers = tuple(sorted(set(extent.periods) & set(clock.periods)))
        if numbers:
            spans.append(
                DaySpan(clock.date, DayKind.PERIODS, None, None, numbers, clock.stretches_of(numbers))
            )
    return spans


def _by_times(extent: Extent, clock: Clock, post: Post, absent_from: str) -> DaySpan:
    """The whole day, or the part that the first and the last time of the range leave of it."""
    start = extent.start_time if clock.date == extent.start_date else None
    end = extent.end_time if clock.date == extent.end_date else None
    if start is None and end is None:
        return DaySpan(clock.date, DayKind.WHOLE, None, None, (), (whole_day(clock, absent_from),))
    zone = post.school.zone
    starts_at = local_moment(clock.date, start, zone) if start else clock.midnights[0]
    ends_at = local_moment(clock.date, end, zone) if end else clock.midnights[1]
    if ends_at <= starts_at:
        raise Refused(
            "The clocks change between these times; it would end before it starts.", field="end_time"
        )
    if clock.bells and not overlap([(starts_at, ends_at)], [clock.bells]):
        opens, closes = (moment.astimezone(zone) for moment in clock.bells)
        raise NotHere(
            f"On {day_text(clock.date)} {post.school.name} runs from {opens:%H:%M} to {closes:%H:%M}.",
            field="start_time" if start and starts_at >= clock.bells[1] else "end_time",
        )
    return DaySpan(clock.date, DayKind.TIMES, start, end, (), ((starts_at, ends_at),))


def whole_day(clock: Clock, absent_from: str) -> Stretch:
    """What a whole day means at this school: from first to last lesson (where there is one), or midnight to midnight."""
    if absent_from == AbsentFrom.FIRST_TO_LAST and clock.taught:
        return clock.taught
    return clock.midnights


def check_overlap(
    spans: Iterable[DaySpan],
    post: Post,
    clocks: Mapping[tuple[int, dt.date], Clock],
    *,
    but: Absence | None = None,
) -> None:
    """Raises Refused, naming it, when another standing absence of the post has a moment in common.

    It is NotHere when that absence holds everything asked for already. One query.
    """
    by_date = {span.date: span for span in spans}
    clash: Absence | None = None
    held: dict[dt.date, list[Stretch]] = {}
    for day in standing_days(post, list(by_date), but=but):
        theirs = stretches_of(day, clocks.get((post.pk, day.date)))
        held.setdefault(day.date, []).extend(theirs)
        if clash is None and overlap(by_date[day.date].stretches, theirs):
            clash = day.absence
    if clash is None:
        return
    all_held = all(within(span.stretches, held.get(span.date, [])) for span in by_date.values())
    text = when_text(clash.starts_on, clash.ends_on, list(clash.days.order_by("date")))
    state = "waits for approval" if clash.state == "pending" else "is already reported"
    refused = NotHere if all_held else Refused
    raise refused(
        f"An absence at {post.school.name}, {text}, {state}. Change that one instead.", field="start_date"
    )
