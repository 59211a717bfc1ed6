"""Where the board's forms lead: every POST ends in a redirect that a reload may repeat."""

import datetime as dt
import uuid

from django.http import HttpResponseRedirect
from django.urls import reverse


class SeeOther(HttpResponseRedirect):
    """303: whatever was posted, look there now."""

    status_code = 303


def to_board(school: str, date: dt.date) -> SeeOther:
    return SeeOther(reverse("board", kwargs={"school": school, "date": date}))


def to_cell(school: str, date: dt.date, need: uuid.UUID) -> SeeOther:
    return SeeOther(reverse("board-cell", kwargs={"school": school, "date": date, "need": need}))


def to_offer(offer: uuid.UUID) -> SeeOther:
    return SeeOther(reverse("offer-detail", kwargs={"offer": offer}))


def to_offers() -> SeeOther:
    return SeeOther(reverse("offers"))
