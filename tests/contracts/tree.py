"""The source tree as data: its files, their functions, their calls."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("schools", "staffing", "absences", "coverplans", "reporting")
HOUSE = ("teachercover", *APPS)


def sources(*folders: str) -> list[Path]:
    """Every Python file of these folders of the repository, of the whole house without arguments."""
    return sorted(path for folder in folders or HOUSE for path in (ROOT / folder).rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name_of(path: Path) -> str:
    """A file's path inside the repository, as people write it."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def uses(path: Path, name: str) -> list[int]:
    """The lines in which a file reads this attribute, for example `_base_manager` or `Scope.system`."""
    owner, _, attribute = name.rpartition(".")
    return [
        node.lineno
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and node.attr == attribute
        and (not owner or ast.unparse(node.value) == owner)
    ]
