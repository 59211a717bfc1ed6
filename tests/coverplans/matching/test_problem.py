"""A problem that can't be meant is refused where it is made, in words that say what is wrong."""

from collections.abc import Callable

import pytest

from coverplans.matching import Busy, Candidate, CapacityGroup, Exchange, Existing, Hire, Measure, Span
from coverplans.matching.problem import MeasureKind
from tests.coverplans.matching.days import day, lesson, substitute, teacher

STUDY: MeasureKind = "self_study"


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: Span(60, 60), "must end after it starts"),
        (lambda: Busy(60, 50, "other", "odd"), "must end after it starts: 'odd'"),
        (lambda: Measure(STUDY, 0), "positive cost"),
        (lambda: Hire(-1, 0), "negative price"),
        (lambda: Exchange(-1), "can't be negative"),
        (lambda: lesson(1, ends=480), "must end after it starts"),
        (lambda: lesson(1, priority=0), "priority of 1 or more"),
        (lambda: lesson(1, measures=(Measure(STUDY, 3), Measure(STUDY, 4))), "lists a measure twice"),
        (lambda: Candidate("ada", "Ada", "external"), "every external, has a hire"),
        (lambda: teacher("Ada", hire=Hire(1, 1)), "Only an external"),
        (lambda: substitute("Sub", fte_percent=0), "FTE must be at least 1 %"),
        (lambda: Existing("n1"), "either a person or a measure"),
        (lambda: Existing("n1", person="ada", measure=STUDY), "either a person or a measure"),
        (lambda: day([lesson(1), lesson(1)]), "The same need is listed twice: n1"),
        (lambda: day([], [teacher("Ada"), teacher("Ada")]), "The same person is listed twice: ada"),
        (
            lambda: day([], groups=(CapacityGroup("hall", 1),) * 2),
            "same capacity group is listed twice: hall",
        ),
        (lambda: day([lesson(1, measures=(Measure(STUDY, 3, group="x"),))]), "unknown capacity group"),
        (lambda: day([], existing=(Existing("n1", person="ada"),)), "unknown needs: .'n1'."),
    ],
)
def test_it_is_refused(make: Callable[[], object], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        make()
