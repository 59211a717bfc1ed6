"""How the lessons of absent teachers were taken care of."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from reporting.selectors.coverage import SchoolCoverage, read_coverage
from schools.access.doors import door

from .forms import DateRange, RangeForm, read_range


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    label: str
    percent: int
    minutes: int
    needed: int
    colleagues: int
    supervisors: int
    substitutes: int
    typed: int
    uncovered: int
    cost: str


@dataclass(frozen=True, slots=True)
class Report:
    """See templates/reporting/reports.html."""

    title: str
    sentence: str
    rows: tuple[Row, ...]
    total: Row | None
    form: RangeForm
    previous_url: str
    next_url: str


@door("mine", get="report.read")
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Coverage of the caller's schools, for `?first=…&last=…`, this week without."""
    form, dates = read_range(request.GET, timezone.localdate())
    report = _report(form, dates, read_coverage(first=dates.first, last=dates.last))
    return render(request, "reporting/reports.html", {"report": report})


def _report(form: RangeForm, dates: DateRange, schools: list[SchoolCoverage]) -> Report:
    rows = tuple(_row(school) for school in schools if school.needed)
    total = _total(schools)
    return Report(
        title=f"{date_format(dates.first, 'j F Y')} to {date_format(dates.last, 'j F Y')}",
        sentence=_sentence(total),
        rows=rows,
        total=_row(total) if len(rows) > 1 else None,
        form=form,
        previous_url=_url(dates.moved(-1)),
        next_url=_url(dates.moved(1)),
    )


def _sentence(total: SchoolCoverage) -> str:
    lessons = "1 lesson was" if total.uncovered == 1 else f"{total.uncovered} lessons were"
    left = f"{lessons} not" if total.uncovered else "no lesson stayed open"
    return f"{total.percent} % of lesson minutes were covered by an adult; {left}."


def _total(schools: list[SchoolCoverage]) -> SchoolCoverage:
    kinds = {kind for school in schools for kind in school.by_kind}
    currencies = {school.currency for school in schools if school.cents}
    return SchoolCoverage(
        name="All schools",
        needed=sum(school.needed for school in schools),
        minutes=sum(school.minutes for school in schools),
        by_kind={kind: sum(school.by_kind.get(kind, 0) for school in schools) for kind in kinds},
        covered_minutes=sum(school.covered_minutes for school in schools),
        typed=sum(school.typed for school in schools),
        cents=sum(school.cents for school in schools) if len(currencies) < 2 else 0,
        currency=next(iter(currencies), ""),
    )


def _row(school: SchoolCoverage) -> Row:
    kinds = school.by_kind
    return Row(
        label=school.name,
        percent=school.percent,
        minutes=school.minutes,
        needed=school.needed,
        colleagues=kinds.get("internal", 0) + kinds.get("standby", 0),
        supervisors=kinds.get("supervisor", 0),
        substitutes=kinds.get("external", 0),
        typed=school.typed,
        uncovered=school.uncovered,
        cost=f"{school.cents / 100:.2f} {school.currency}" if school.cents else "–",
    )


def _url(dates: DateRange) -> str:
    return f"{reverse('reports')}?{urlencode({'first': dates.first, 'last': dates.last})}"
