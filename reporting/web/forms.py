"""Which dates a report is about."""

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from reporting.selectors.dates import check_dates
from schools.errors import Refused


@dataclass(frozen=True, slots=True)
class DateRange:
    """Both dates are inclusive."""

    first: dt.date
    last: dt.date

    def moved(self, direction: int) -> "DateRange":
        """The range of the same length right after (1) or before (−1); whole weeks for a week from its Monday."""
        days = (self.last - self.first).days + 1
        step = dt.timedelta(days=(7 if days in (5, 7) and self.first.weekday() == 0 else days) * direction)
        return DateRange(self.first + step, self.last + step)


class RangeForm(forms.Form):
    first = forms.DateField(label="From", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label="To", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def clean_last(self) -> dt.date:
        """What the report refuses is said at the field."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data["last"]
        if first is not None:
            try:
                check_dates(first, last)
            except Refused as refused:
                raise forms.ValidationError(refused.message) from refused
        return last  # type: ignore[no-any-return]  # a DateField's clean value


def read_range(asked: QueryDict, today: dt.date) -> tuple[RangeForm, DateRange]:
    """The form with what was asked, and the dates to show: this week's Monday to Friday where nothing valid was."""
    monday = today - dt.timedelta(days=today.weekday())
    usual = {"first": monday, "last": monday + dt.timedelta(days=4)}
    form = RangeForm(asked if asked else usual)
    dates = form.cleaned_data if form.is_valid() else usual
    return form, DateRange(dates["first"], dates["last"])
