"""What the documents say is there: commands, files, links, and the table of environment variables."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

from manage import with_underscores
from teachercover.settings.environment import VARIABLES, table

from .tree import ROOT, name_of, sources

README = ROOT / "README.md"
BEGIN = "<!-- environment: made by `python teachercover/settings/environment.py` -->"
END = "<!-- /environment -->"
DOCUMENTS = [README, *sorted((ROOT / "docs").rglob("*.md"))]
EVERY_DOCUMENT = pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
CODE = re.compile(r"```\w*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
MAKE = re.compile(r"(?:^|&& |\$ )make ([a-z][\w-]*)", re.MULTILINE)
MANAGE = re.compile(r"manage\.py ([a-z][\w-]*)")
MODULE = re.compile(r"python -m ((?:teachercover|schools)[\w.]*)")
READ = re.compile(r"""\b(?:read|environ\.get)\(\s*["']([A-Z_]+)["']""")
OF_TESTS = {"TEST_DB_SUFFIX"}
"""Variables by which test runs stand beside each other; no deployment sets them."""
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
FILE = re.compile(r"^(?:[\w.-]+/)*[\w.-]+/?$")


def code_of(document: Path) -> str:
    """Everything a document says in code: blocks and words."""
    pieces = CODE.findall(document.read_text(encoding="utf-8"))
    return "\n".join(block or word for block, word in pieces)


def words_of(document: Path) -> list[str]:
    """The single words in code."""
    return [word for _, word in CODE.findall(document.read_text(encoding="utf-8")) if word]


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE))


@EVERY_DOCUMENT
def test_every_make_target_exists(document: Path) -> None:
    assert set(MAKE.findall(code_of(document))) - targets() == set()


@EVERY_DOCUMENT
def test_every_command_exists(document: Path) -> None:
    said = {with_underscores(["manage.py", name])[1] for name in MANAGE.findall(code_of(document))}
    assert said - set(get_commands()) == set()


@EVERY_DOCUMENT
def test_every_module_that_is_run_exists(document: Path) -> None:
    for module in MODULE.findall(code_of(document)):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module


@EVERY_DOCUMENT
def test_every_link_leads_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@EVERY_DOCUMENT
def test_every_file_of_the_house_that_is_named_exists(document: Path) -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    named = [word for word in words_of(document) if FILE.match(word) and word.split("/")[0] in folders]
    assert [word for word in named if "/" in word and not (ROOT / word).exists()] == []


def test_the_readme_begins_with_the_two_commands() -> None:
    assert {"demo", "test"} <= set(MAKE.findall(code_of(README)))


def test_the_table_of_variables_is_the_code_s() -> None:
    _, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    written, end, _ = rest.partition(END)
    assert end, "the README has lost its markers"
    assert written.strip() == table()


def test_the_table_is_printed_by_the_command_the_readme_names() -> None:
    command = re.search(r"`python (\S+)`", BEGIN)
    assert command
    printed = subprocess.run(
        [sys.executable, command.group(1)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert printed.stdout.strip() == table()


def test_every_variable_that_is_read_is_in_the_table() -> None:
    known = {variable.name for variable in VARIABLES}
    said = {
        name
        for path in [*sources("teachercover"), ROOT / "gunicorn.conf.py"]
        for name in READ.findall(path.read_text(encoding="utf-8"))
    }
    assert said - OF_TESTS == known


def test_the_example_environment_sets_known_variables_only() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    known = {variable.name for variable in VARIABLES}
    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) - known == set()


def test_documents_named_by_the_code_exist() -> None:
    named = {
        name
        for path in sources()
        for name in re.findall(r"\bdocs/[\w/-]+\.\w+", path.read_text(encoding="utf-8"))
    }
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
