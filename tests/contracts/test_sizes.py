"""Files fit a mind and functions fit a screen. There are no exemptions; what Django generates is not counted."""

from pathlib import Path

import pytest

from .tree import functions, name_of, sources

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
FILES = [path for path in sources() + sources("tests") if path.parent.name != "migrations"]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_is_short_and_so_is_each_of_its_functions(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{name_of(path)} has {lines} lines"
    for function in functions(path):
        length = (function.end_lineno or 0) - function.lineno + 1
        assert length <= LONGEST_FUNCTION, f"{name_of(path)}: {function.name} has {length} lines"


def test_every_folder_is_a_package() -> None:
    """import-linter does not see a folder without `__init__.py`."""
    assert [name_of(path.parent) for path in FILES if not (path.parent / "__init__.py").exists()] == []
