"""Migrations: named by people, numbered once, free of the code that will change, and reversible with their walls."""

import ast
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from schools.tenancy.operations import RaiseWall
from tests.standing import owner_of_the_tables, undone

from .tree import APPS, HOUSE, ROOT, name_of, parsed

MIGRATIONS = [
    path
    for app in APPS
    for path in sorted((ROOT / app / "migrations").glob("*.py"))
    if path.name != "__init__.py"
]
STABLE = {
    "schools.tenancy": "the operations that raise the walls state them in full",
    "schools.models.district": "the validator of time zones, which Django writes beside the column",
}
"""Modules of the house that a migration may import, and why."""


def imported_from_the_house(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name for name in names if name.split(".")[0] in HOUSE}


@pytest.mark.parametrize("path", MIGRATIONS, ids=name_of)
def test_a_migration_has_a_name_and_imports_nothing_that_changes(path: Path) -> None:
    number, _, title = path.stem.partition("_")
    assert (len(number), number.isdigit()) == (4, True)
    assert title
    assert not title.startswith("auto_")
    for module in imported_from_the_house(path):
        assert any(f"{module}.".startswith(f"{stable}.") for stable in STABLE), f"{path}: {module}"


def test_no_stable_module_is_listed_in_vain() -> None:
    used = {module for path in MIGRATIONS for module in imported_from_the_house(path)}
    for stable in STABLE:
        assert any(f"{module}.".startswith(f"{stable}.") for module in used)


def test_no_two_migrations_of_an_app_have_the_same_number() -> None:
    numbers = [(path.parent.parent.name, path.name[:4]) for path in MIGRATIONS]
    assert len(numbers) == len(set(numbers))


def test_every_operation_can_be_undone() -> None:
    loader = MigrationLoader(None)
    operations = [
        operation
        for (app, _), migration in loader.disk_migrations.items()
        if app in APPS
        for operation in migration.operations
    ]
    assert operations
    assert [operation for operation in operations if not operation.reversible] == []


@pytest.mark.django_db
def test_the_walls_can_be_lowered_and_raised_again() -> None:
    """In one transaction that never happened."""
    loader = MigrationLoader(connection)
    state = loader.project_state()
    raised = [
        (app, operation)
        for app, name in _in_order(loader)
        for operation in loader.disk_migrations[app, name].operations
        if isinstance(operation, RaiseWall)
    ]
    before = _walls()
    with undone(), owner_of_the_tables(), connection.schema_editor(atomic=False) as editor:
        for app, operation in reversed(raised):
            operation.database_backwards(app, editor, state, state)
        assert _walls() == []
        for app, operation in raised:
            operation.database_forwards(app, editor, state, state)
        assert _walls() == before


def _in_order(loader: MigrationLoader) -> list[tuple[str, str]]:
    """Every migration of the house, each after those it needs."""
    needed = (loader.graph.forwards_plan(leaf) for leaf in loader.graph.leaf_nodes() if leaf[0] in APPS)
    return list(dict.fromkeys(node for plan in needed for node in plan))


def _walls() -> list[tuple[str, ...]]:
    """Policies, constraints and rights of every table behind the walls."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT relname, policyname, qual, '' FROM pg_policies JOIN pg_class ON relname = tablename
            WHERE relrowsecurity AND relforcerowsecurity
            UNION ALL
            SELECT relname, conname, pg_get_constraintdef(pg_constraint.oid), relacl::text
            FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid WHERE relrowsecurity
            ORDER BY 1, 2, 3
            """
        )
        return list(cursor.fetchall())
