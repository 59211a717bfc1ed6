"""What holds for every template: it compiles, and it asks for nothing the content security policy refuses."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template, render_to_string

FOLDER = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.*"))
REFUSED = {
    "a style attribute": re.compile(r"\sstyle\s*="),
    "an inline style sheet": re.compile(r"<style\b"),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "an evaluated htmx attribute": re.compile(r"\shx-(on|vals=['\"]js|vars)"),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)"),
    "a foreign address": re.compile(r"\b(?:src|href|action)=[\"'](?:https?:)?//"),
}
STATES = [
    ("open", "", "open"),
    ("awaiting", "", "awaiting"),
    ("covered", "", "covered"),
    ("typed", "merge", "merged"),
    ("typed", "self_study", "self-study"),
    ("typed", "cancel_lesson", "cancelled"),
    ("typed", "moved", "moved"),
    ("not_required", "", "not needed"),
    ("withdrawn", "", "withdrawn"),
]


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles_and_stays_inside_the_content_policy(name: str) -> None:
    get_template(name)
    text = (FOLDER / name).read_text()
    assert [what for what, pattern in REFUSED.items() if pattern.search(text)] == []


@pytest.mark.parametrize(("state", "measure", "word"), STATES)
def test_a_state_is_always_said_in_a_word(state: str, measure: str, word: str) -> None:
    shown = render_to_string("components/state.html", {"state": state, "measure": measure})
    assert re.sub(r"<[^>]+>", "", shown).strip() == word


@pytest.mark.parametrize("state", ["awaiting", "covered"])
def test_a_name_does_not_drive_out_the_word(state: str) -> None:
    shown = render_to_string("components/state.html", {"state": state, "who": "P. Lind"})
    assert "P. Lind" in shown
    assert state in re.sub(r"<[^>]+>", "", shown)


@pytest.mark.parametrize(
    "file", re.findall(r"{% static '([^']+)' %}", "".join((FOLDER / n).read_text() for n in TEMPLATES))
)
def test_every_static_file_named_exists(file: str) -> None:
    assert finders.find(file) is not None
