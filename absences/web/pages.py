"""What the pages of absences show, in words."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from absences.days import TaughtLesson
from absences.hooks import NeedCount, needs_of
from absences.models import Absence, AbsenceState
from absences.selectors.effect import Effect
from absences.selectors.history import (
    PAGE,
    Openings,
    absences_on,
    coming_absences,
    openings_of,
    past_absences,
    waiting_absences,
)
from absences.words import day_text, moment_text, when_text
from schools.models import School
from schools.selectors.calendar import today_at
from staffing.models import Post

from .forms import ReportForm, WhenForm

TOLD = "Cover manager told."


def when_of(absence: Absence) -> str:
    """`Mon 23 Nov, all day`, from the days that came with the absence."""
    return when_text(absence.starts_on, absence.ends_on, list(absence.days.all()))


def history(person_id: int, now: dt.datetime, today: dt.date, before: Absence | None) -> dict[str, Any]:
    """list.html."""
    coming = [] if before else coming_absences(person_id, today)
    past = past_absences(person_id, today, before=before)
    counts, openings = needs_of([*coming, *past]), openings_of(coming, now)
    shown, more = past[:PAGE], past[PAGE:]
    named = len({found.school_id for found in [*coming, *shown]}) > 1
    return {
        "absences": {
            "coming": [_entry(found, counts[found.pk], openings[found.pk], named) for found in coming],
            "past": [_entry(found, counts[found.pk], None, named) for found in shown],
            "more_url": f"?before={shown[-1].uuid}" if more else "",
        }
    }


def _entry(absence: Absence, count: NeedCount, openings: Openings | None, named: bool) -> dict[str, Any]:
    return {
        "id": absence.uuid,
        "when_text": f"{when_of(absence)} · {absence.school.name}" if named else when_of(absence),
        "state": absence.state,
        "state_word": AbsenceState(absence.state).label,
        "lessons": count.needs,
        "covered": count.covered,
        "can_change": openings is not None,
        "can_cancel": openings is not None and openings.until is not None,
        "can_come_back": openings is not None and openings.can_come_back,
    }


def report(form: ReportForm, posts: Sequence[Post], change_who_url: str) -> dict[str, Any]:
    """report.html."""
    schools = sorted({post.school.name for post in posts})
    about = {
        "name": posts[0].person.name if posts else "",
        "schools": schools if len(schools) > 1 else [],
        "change_who_url": change_who_url,
    }
    return {"report": about, **drawn(form)}


def drawn(form: WhenForm) -> dict[str, Any]:
    """What _when.html needs."""
    missed = [row.when for row in form.rows if row.needs_cover]
    return {"form": form, "days": form.day_texts(), "lessons": form.lessons(), "missed": missed}


def receipt(absence: Absence, joined: Sequence[Absence], now: dt.datetime, *, is_new: bool) -> dict[str, Any]:
    """receipt.html. `joined` are the absences of the same report, this one among them."""
    school = absence.post.school
    today = today_at(school, now)
    openings = openings_of([absence], now)[absence.pk]
    counts = needs_of([found for found in joined if found.state == AbsenceState.ACTIVE])
    return {
        "receipt": {
            "id": absence.uuid,
            "state": absence.state,
            "state_word": AbsenceState(absence.state).label,
            "reported_at": moment_text(absence.reported_at, school.zone, today),
            "is_pending": absence.state == AbsenceState.PENDING,
            "is_active": absence.state == AbsenceState.ACTIVE,
            "told": TOLD if absence.state == AbsenceState.ACTIVE else "",
            "when_text": when_of(absence),
            "lessons": sum(count.needs for count in counts.values()),
            "change_until": moment_text(openings.until, school.zone, today) if openings.until else "",
            "can_come_back": openings.can_come_back,
            "is_new": is_new,
        }
    }


def consequences(absence: Absence, effect: Effect) -> list[str]:
    """What a change means for the lessons and who is told, one sentence each."""
    if absence.state == AbsenceState.PENDING:
        return ["It waits for approval; no cover is arranged yet."]
    zone = absence.post.school.zone
    found = []
    if effect.given_back:
        found.append(f"{_lessons(effect.given_back)} not lost any more: {_starts(effect.given_back, zone)}.")
        found.append("Cover arranged for that is withdrawn, and whoever was to cover is told.")
    if effect.added:
        found.append(
            f"{_lessons(effect.added)} lost as well: {_starts(effect.added, zone)}. Cover is arranged."
        )
    return found or ["No lesson changes."]


def _lessons(lessons: Sequence[TaughtLesson]) -> str:
    return "1 lesson is" if len(lessons) == 1 else f"{len(lessons)} lessons are"


def _starts(lessons: Iterable[TaughtLesson], zone: dt.tzinfo) -> str:
    by_day: dict[dt.date, list[str]] = {}
    for lesson in lessons:
        local = lesson.starts_at.astimezone(zone)
        by_day.setdefault(local.date(), []).append(f"{local:%H:%M}")
    return "; ".join(f"{day_text(date)} at {', '.join(times)}" for date, times in by_day.items())


def office_absence(
    absence: Absence, *, shows_reason: bool, may_change: bool, may_decide: bool
) -> dict[str, Any]:
    """office.html: one absence as the cover manager or the approver sees it."""
    is_open = absence.state in (AbsenceState.PENDING, AbsenceState.ACTIVE)
    reported = absence.reported_at.astimezone(absence.school.zone)
    return {
        "absence": {
            "id": absence.uuid,
            "name": absence.post.person.name,
            "phone": absence.post.person.phone,
            "when_text": when_of(absence),
            "state_word": AbsenceState(absence.state).label,
            "reported_at": f"{day_text(reported.date())}, {reported:%H:%M}",
            "lessons": needs_of([absence])[absence.pk].needs,
            "note_for_cover": absence.note_for_cover,
            "reason": absence.reason.name if shows_reason else "",
            "note_for_office": absence.note_for_office if shows_reason else "",
            "can_change": may_change and is_open,
            "can_decide": may_decide and absence.state == AbsenceState.PENDING,
            "board_date": absence.starts_on.isoformat(),
        }
    }


def school_day(school: School, date: dt.date) -> dict[str, Any]:
    """school.html: what waits for approval, and who is away on a date."""
    waiting, away = waiting_absences(school), absences_on(school, date)
    counts = needs_of(away)
    return {
        "day": {"date": date, "text": day_text(date)},
        "waiting": [_line(absence, NeedCount()) for absence in waiting],
        "away": [_line(absence, counts[absence.pk]) for absence in away],
    }


def _line(absence: Absence, count: NeedCount) -> dict[str, Any]:
    person = absence.post.person
    return {
        "url": reverse("office-absence", kwargs={"school": absence.school.slug, "absence": absence.uuid}),
        "name": person.name,
        "when_text": when_of(absence),
        "lessons": count.needs,
        "covered": count.covered,
    }
