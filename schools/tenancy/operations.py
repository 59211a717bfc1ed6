"""Migration operations that raise the second and third wall: row-level security and composite keys."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from . import policies


class _Statements(Operation):
    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The walls are no part of Django's model state."""

    def _run(self, editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
        for statement in statements:
            editor.execute(statement)


class RaiseWall(_Statements):
    """Give one table its policies, its target key and its composite foreign keys.

    `keys` maps a column to `(target table, tenant column)`, for example `{"post_id": ("staffing_post", "school_id")}`.
    """

    def __init__(
        self, model_name: str, owner: str, keys: dict[str, tuple[str, str]], append_only: bool = False
    ) -> None:
        self.model_name = model_name
        self.owner = owner
        self.keys = keys
        self.append_only = append_only

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model_name, self.owner, self.keys, self.append_only], {}

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        self._run(schema_editor, policies.raise_wall(table, self.owner, self.keys, self.append_only))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        self._run(schema_editor, policies.lower_wall(table, self.owner, self.keys, self.append_only))

    def describe(self) -> str:
        return f"Raise the walls of {self.model_name}"


class GrantToApplication(_Statements):
    """Let `cover_rw` work with every table the owner makes from now on, and with those it has made."""

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [], {}

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._run(schema_editor, policies.GRANTS)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._run(schema_editor, policies.REVOKES)

    def describe(self) -> str:
        return "Grant the tables to the application's role"
