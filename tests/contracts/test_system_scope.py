"""Who looks across districts, and why. Everything else stays inside one."""

import grimp
import pytest

from .tree import HOUSE, name_of, sources, uses

SYSTEM_SCOPES = {
    "schools/outbox/deliver.py": "claims messages that are due, in whichever district",
    "schools/services/upkeep.py": "finds calendars that run out and kept answers that are old",
    "schools/management/schools.py": "a command names a school by its slug, in whichever district",
    "schools/management/commands/create_district.py": "create-district makes a district where there was none",
    "coverplans/management/across.py": "plan-cover finds the schools of a district, explain-cover the school of a need",
    "coverplans/services/upkeep.py": "finds offers that nobody answered in time",
    "reporting/services/demo/seed.py": "seed-demo makes districts, and looks for one that is no demo",
    "reporting/services/demo/cast.py": "seed-demo makes the people of a district",
}
"""File → what it looks for in every district. Workers and commands only: no request reaches it."""

OWNERS = {
    "schools/tenancy/backend/base.py": "makes, clones and drops test databases",
    "schools/management/commands/migrate.py": "changes the schema",
}
"""File → why it acts as the owner of the tables."""

AROUND_THE_MANAGER: dict[str, str] = {}
"""File → why it reads rows without the manager's predicate."""

FACES = {"web", "api", "admin"}


def users_of(name: str) -> set[str]:
    """The files of the house in which this name is used."""
    return {name_of(path) for path in sources() if uses(path, name)}


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph(*HOUSE, cache_dir=None)


def test_each_look_across_districts_is_known() -> None:
    assert users_of("Scope.system") == set(SYSTEM_SCOPES)


@pytest.mark.parametrize("path", SYSTEM_SCOPES)
def test_no_request_reaches_a_look_across_districts(path: str, imports: grimp.ImportGraph) -> None:
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    faces = {name for name in imports.modules if FACES & set(name.split("."))}
    assert faces
    assert [chain for face in faces if (chain := imports.find_shortest_chain(face, module))] == []


def test_each_act_of_the_owner_is_known() -> None:
    assert users_of("as_owner") == set(OWNERS)


def test_each_way_around_the_manager_is_known() -> None:
    assert users_of("_base_manager") == set(AROUND_THE_MANAGER)
