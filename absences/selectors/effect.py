"""What a change of an absence does to the lessons, before anybody makes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from absences.days import DaySpan, TaughtLesson
from absences.models import Absence
from absences.selectors.clocks import read_clocks
from absences.selectors.lost import lessons_lost, lost_by
from schools.selectors.settings import settings_of
from schools.settings_registry import STILL_TAUGHT_MINUTES


@dataclass(frozen=True, slots=True)
class Effect:
    """The lessons that are given back, and those that are lost as well."""

    given_back: tuple[TaughtLesson, ...]
    added: tuple[TaughtLesson, ...]


def effect_of(absence: Absence, spans: Sequence[DaySpan]) -> Effect:
    """Compares an absence as it is with one of these days; none at all: with none. The absence carries post and school."""
    lost = lost_by([absence]).get(absence.pk, [])
    still = _lost_with(absence, spans) if spans else []
    return Effect(
        tuple(lesson for lesson in lost if lesson not in still),
        tuple(lesson for lesson in still if lesson not in lost),
    )


def _lost_with(absence: Absence, spans: Sequence[DaySpan]) -> list[TaughtLesson]:
    post = absence.post
    return lessons_lost(
        post,
        {span.date: span.stretches for span in spans},
        read_clocks([post], min(span.date for span in spans), max(span.date for span in spans)),
        still_taught=settings_of(post.school)[STILL_TAUGHT_MINUTES],
    )
