"""The forms of absences. They read what was typed; whether it can be is for the services to say."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from absences.models import AbsenceReason
from absences.selectors.preview import LessonRow, OfferedDays
from absences.selectors.reasons import usual_reason
from absences.words import day_text
from schools.errors import Refused

from .fields import NameInput, TicksField, tick_value

TODAY, TOMORROW, OTHER, ALL, PART = "today", "tomorrow", "other", "all", "part"
LONGEST_NOTE = 2000


def _date(label: str, **options: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **options)


def _time(label: str, **options: Any) -> forms.TimeField:
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget, **options)


def _note(label: str, help_text: str) -> forms.CharField:
    widget = forms.Textarea({"rows": 2})
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=LONGEST_NOTE, widget=widget
    )


class RefusableForm(forms.Form):
    """A form to which a service's refusal can be put back, at the field it names."""

    def refuse(self, refused: Refused) -> None:
        field = self.shown_at(refused.field)
        self.add_error(field if field in self.fields else None, refused.message)

    def shown_at(self, field: str) -> str:
        """Where a person sees what is said about this input."""
        return field


class WhenForm(RefusableForm):
    """When somebody is away: the day or days, and which part of them."""

    when = forms.ChoiceField(label="When", widget=forms.RadioSelect)
    start_date = _date("First day")
    end_date = _date("Last day", help_text="Leave it empty for one day.")
    extent = forms.ChoiceField(
        label="How long", choices=[(ALL, "All day"), (PART, "Part of the day")], widget=forms.RadioSelect
    )
    periods = TicksField(label="Lessons", required=False)
    start_time = _time("Away from", help_text="Over several days: on the first day. Empty: from its start.")
    end_time = _time("Back at", help_text="Over several days: on the last day. Empty: until its end.")

    def __init__(self, *args: Any, days: OfferedDays, **options: Any) -> None:
        super().__init__(*args, **options)
        self.days = days
        self.rows: Sequence[LessonRow] = ()
        tomorrow = "Tomorrow" if days.is_next_day else "Next school day"
        when: Any = self.fields["when"]
        when.choices = [(TODAY, "Today"), (TOMORROW, tomorrow), (OTHER, "Other days")]

    def first_date(self) -> dt.date:
        """The day whose lessons are shown, from what is typed so far; the best of the offered days without it."""
        when = self["when"].value()
        if when == OTHER:
            try:
                return dt.date.fromisoformat(str(self["start_date"].value()))
            except ValueError:
                return self.days.best
        return self.days.today if when == TODAY else self.days.tomorrow

    def day_texts(self) -> dict[str, str]:
        return {"today": day_text(self.days.today), "tomorrow": day_text(self.days.tomorrow)}

    def lessons(self) -> list[dict[str, Any]]:
        """The rows to tick: all of them at first, then as they were sent."""
        sent = self["periods"].value()
        ticked = None if sent is None or self["extent"].value() == ALL else set(sent)
        return [
            {
                "value": tick_value(row),
                "when": row.when,
                "period": row.period,
                "label": row.label,
                "is_ticked": ticked is None or tick_value(row) in ticked,
                "work_name": f"work-{tick_value(row)}",
                "work": self.data.get(f"work-{tick_value(row)}", ""),
            }
            for row in self.rows
        ]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("when") == OTHER and not typed.get("start_date") and "start_date" not in self.errors:
            self.add_error("start_date", "Say on which day it starts.")
        return typed

    def asked(self) -> dict[str, Any]:
        """What a service is asked for. Times go before ticks, because ticks are set from the start."""
        typed = self.cleaned_data
        first = typed["start_date"] if typed["when"] == OTHER else self.first_date()
        last = (typed["end_date"] or first) if typed["when"] == OTHER else first
        asked: dict[str, Any] = {"start_date": first, "end_date": last}
        if typed["extent"] == PART and (typed["start_time"] or typed["end_time"]):
            asked |= {"start_time": typed["start_time"], "end_time": typed["end_time"]}
        elif typed["extent"] == PART:
            asked["periods"] = typed["periods"]
        return asked

    def shown_at(self, field: str) -> str:
        is_hidden = field in ("start_date", "end_date") and self["when"].value() != OTHER
        return "when" if is_hidden else field


class ReportForm(WhenForm):
    """A report: when, why, and what to tell. `report` makes sending it twice one report."""

    reason = forms.ChoiceField(
        label="Reason", widget=forms.RadioSelect, error_messages={"required": "Choose a reason."}
    )
    note_for_cover = _note("Note for whoever covers", "They see it with the lesson.")
    note_for_office = _note("Note for the office", "Only the office sees it.")
    report = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, reasons: Sequence[AbsenceReason], **options: Any) -> None:
        super().__init__(*args, **options)
        reason: Any = self.fields["reason"]
        reason.choices = [(found.code, found.name) for found in reasons]
        self.initial.setdefault("report", uuid.uuid4())

    def asked(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return super().asked() | {
            "reason": typed["reason"],
            "note_for_cover": self._with_work(typed["note_for_cover"]),
            "note_for_office": typed["note_for_office"],
            "report": typed["report"],
        }

    def _with_work(self, note: str) -> str:
        """The note, and a line for each lesson that work was left for."""
        lines = [
            f"{row['when']} {row['label']}: {row['work'].strip()}"
            for row in self.lessons()
            if row["work"].strip()
        ]
        return "\n".join([note, *lines] if note else lines)[: 4 * LONGEST_NOTE]


class PhoneInForm(ReportForm):
    """The same for somebody who phoned: who it is comes first, and the reason may be left out."""

    person = forms.CharField(
        label="Who phoned", max_length=250, error_messages={"required": "Say who phoned."}
    )
    field_order = ["person"]

    def __init__(self, *args: Any, names: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].widget = NameInput(names, {"autofocus": True})
        self.fields["reason"].required = False
        self.usual_reason = usual_reason(options["reasons"])

    def named(self) -> str:
        """Whom the manager typed."""
        return str(self.cleaned_data["person"])

    def asked(self) -> dict[str, Any]:
        asked = super().asked()
        return asked | {"reason": asked["reason"] or self.usual_reason}


class BackForm(RefusableForm):
    """When somebody who is away is back."""

    back_on = _date("Back on")
    back_at = _time("At", help_text="Empty: for the whole day.")

    def clean_back_on(self) -> dt.date:
        found: dt.date | None = self.cleaned_data["back_on"]
        if found is None:
            raise forms.ValidationError("Say on which day.")
        return found


def typed_so_far(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a half-filled form holds, to draw it again without judging it."""
    lists: Any = data
    return {
        name: lists.getlist(name) if name == "periods" else data[name]
        for name in data
        if data[name] and name != "csrfmiddlewaretoken"
    }
