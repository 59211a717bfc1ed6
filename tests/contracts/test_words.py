"""What everybody may see never mentions why somebody is away: absence reasons and office notes are health data."""

import re
from pathlib import Path

import pytest

from .tree import ROOT, name_of

TEMPLATES = ROOT / "templates"
SEEN_BY_EVERYBODY = ("coverplans", "reporting", "components", "email")
"""Folders of boards, sheets, offers, notices and reports."""
FORBIDDEN = re.compile(r"\b(reason|absence_reason|note_for_office)\b")
TAG = re.compile(r"{[{%](.*?)[}%]}", re.DOTALL)

PUBLIC_TEMPLATES = [
    path for folder in SEEN_BY_EVERYBODY for path in sorted((TEMPLATES / folder).rglob("*")) if path.is_file()
]


@pytest.mark.parametrize("path", PUBLIC_TEMPLATES, ids=name_of)
def test_a_public_template_never_reads_a_reason(path: Path) -> None:
    tags = TAG.findall(path.read_text(encoding="utf-8"))
    assert [tag.strip() for tag in tags if FORBIDDEN.search(tag)] == []


def test_the_rule_would_notice() -> None:
    assert FORBIDDEN.search("absence.reason.name")
    assert FORBIDDEN.search("absence.note_for_office|linebreaks")
    assert not FORBIDDEN.search("candidate.reasons")
