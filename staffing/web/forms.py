"""What the cover manager says beside the files of a timetable."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from schools.calendar_math import BadMappingError
from staffing.importers.days import parse_weekdays
from staffing.services.load_timetable import FIRST_DATE, LAST_DATE

LARGEST_UPLOAD = 20_000_000


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, as (name, content); together not larger than `LARGEST_UPLOAD` bytes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=_SeveralFiles(attrs={"accept": ".zip,.csv"}), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent: list[UploadedFile[bytes]] = [
            super(FilesField, self).clean(file, initial) for file in data or [None]
        ]
        if sum(file.size or 0 for file in sent) > LARGEST_UPLOAD:
            raise ValidationError(f"The files are larger than {LARGEST_UPLOAD // 1_000_000} MB together.")
        return tuple((file.name or "", file.read()) for file in sent)


def _date(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class TimetableForm(forms.Form):
    """Files, the first date, and for timetables that do not run Monday to Friday how their days fall."""

    about_days = ("days", "rotate", "anchor")

    timetable_files = FilesField(label="Files", help_text="All the CSV files at once, or one zip of them.")
    effective_from = _date(label="Holds from", help_text="The first day of the new timetable.")
    days = forms.CharField(
        label="Weekdays",
        required=False,
        max_length=60,
        help_text=(
            "In the timetable's order, for example sun,mon,tue,wed,thu. Empty: as now. A first timetable of up to five "
            "days runs from Monday, one of more days rotates over Monday to Friday."
        ),
    )
    rotate = forms.BooleanField(
        label="The days rotate",
        required=False,
        help_text="The cycle goes on with the next open day, whatever the weekday.",
    )
    anchor = _date(
        label="Day 1, or a day in a week A",
        required=False,
        help_text="Only to begin the cycle again. Empty: it goes on as it is.",
    )

    def says_days(self) -> bool:
        """Whether anything is said about the days, right or wrong."""
        return any(self[name].value() or self[name].errors for name in self.about_days)

    def clean_effective_from(self) -> Any:
        date = self.cleaned_data["effective_from"]
        if not FIRST_DATE <= date <= LAST_DATE:
            raise ValidationError("This date is too far away for a timetable.")
        return date

    def clean_days(self) -> tuple[int, ...] | None:
        try:
            return parse_weekdays(self.cleaned_data["days"]) if self.cleaned_data["days"] else None
        except BadMappingError as bad:
            raise ValidationError(str(bad)) from bad
