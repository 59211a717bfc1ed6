"""Addresses of Oak's Monday, and who is in its cells."""

from django.test import Client
from django.urls import reverse

from coverplans.models import Assignment, AssignmentState, CoverNeed
from schools.tenancy.door import tenant
from tests.world import MONDAY, SchoolCast


def day_url(name: str = "board", school: str = "oak") -> str:
    """An address of the day: `board`, `board-plan`, …"""
    return reverse(name, kwargs={"school": school, "date": MONDAY})


def cell_url(need: CoverNeed, name: str = "board-cell", school: str = "oak") -> str:
    """An address of one lesson: `board-cell`, `board-assign`, …"""
    return reverse(name, kwargs={"school": school, "date": need.date, "need": need.uuid})


def need_of(cast: SchoolCast, number: int, name: str = "Ada") -> CoverNeed:
    """The lesson that this teacher loses in this period."""
    with tenant(cast.scope):
        return CoverNeed.objects.get(period_number=number, post=cast.posts[name])


def taker_of(cast: SchoolCast, need: CoverNeed) -> Assignment | None:
    """Who takes it as things stand."""
    with tenant(cast.scope):
        rows = Assignment.objects.filter(need=need, to_version__isnull=True)
        return rows.exclude(state=AssignmentState.ENDED).select_related("person").first()


def seen(cast: SchoolCast, need: CoverNeed) -> str:
    """What the form of this cell sends back."""
    row = taker_of(cast, need)
    return str(row.uuid) if row else ""


def shown(browser: Client, url: str) -> str:
    """The text of a page that is there."""
    answer = browser.get(url)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()
