"""Two inputs that Django does not have."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from absences.selectors.preview import LessonRow


def tick_value(row: LessonRow) -> str:
    """How a ticked row is posted."""
    return f"{row.post}.{row.number}"


class TicksField(forms.Field):
    """Ticked lessons, as period numbers by the post's uuid. The inputs themselves are written by the template."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> dict[uuid.UUID, list[int]]:
        found: dict[uuid.UUID, list[int]] = {}
        for tick in value or []:
            post, _, number = str(tick).rpartition(".")
            try:
                found.setdefault(uuid.UUID(post), []).append(int(number))
            except ValueError as malformed:
                raise ValidationError("These lessons cannot be read; tick them again.") from malformed
        return found


class NameInput(forms.TextInput):
    """A text input that offers names while somebody types: any part of a name will do, and Enter sends the form."""

    def __init__(self, names: Iterable[str] = (), attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.names = list(names)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        choices = f"{(attrs or {}).get('id', name)}_names"
        box = super().render(name, value, {**(attrs or {}), "list": choices}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((found,) for found in self.names))
        return format_html('{}<datalist id="{}">{}</datalist>', box, choices, options)
