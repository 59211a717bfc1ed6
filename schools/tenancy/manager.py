"""The first wall: a manager whose queries carry the scope's own predicate.

The predicate is an expression that reads the scope when SQL is compiled. So `exists()`, subqueries and querysets declared at
import time are bound to the door in which they run, and compiling any of them outside a door raises.
"""

import re
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import BooleanField, Expression, F
from django.db.models.sql.compiler import SQLCompiler

from .scope import Scope, current_scope
from .wall import Wall

_M = TypeVar("_M", bound=models.Model)
_PLACE = re.compile(r"\{(:?)(\w+)\}")


class InScope(Expression):
    """True for rows of the open door's scope. Compiling it outside a door raises ScopeError."""

    def __init__(self, wall: Wall) -> None:
        super().__init__(output_field=BooleanField())
        self.wall = wall
        templates = [wall.predicate(kind) for kind in ("schools", "district", "self")]
        self.columns = sorted(
            {name for text in templates for colon, name in _PLACE.findall(text) if not colon}
        )
        self.places: list[Any] = [F(column) for column in self.columns]

    def get_source_expressions(self) -> list[Any]:
        return self.places

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.places = list(exprs)

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        scope = current_scope()
        columns = dict(zip(self.columns, self.places, strict=True))
        params: list[Any] = []

        def fill(match: re.Match[str]) -> str:
            colon, name = match.groups()
            if colon:
                params.append(_value(scope, name))
                return "%s::bigint[]" if name == "schools" else "%s"
            sql, column_params = compiler.compile(columns[name])
            params.extend(column_params)
            return sql

        return _PLACE.sub(fill, self.wall.predicate(scope.kind)), params


def _value(scope: Scope, name: str) -> Any:
    match name:
        case "schools":
            return list(scope.school_ids)
        case "district":
            return scope.district_id
        case _:
            return scope.person_id


class TenantManager(models.Manager[_M], Generic[_M]):
    """Rows of the open door, and nothing else."""

    def get_queryset(self) -> models.QuerySet[_M]:
        return super().get_queryset().filter(InScope(wall_of(self.model)))


def wall_of(model: type[models.Model]) -> Wall:
    """The wall a tenant model declares. Raises AttributeError for a model without one."""
    wall: Wall = model.wall  # type: ignore[attr-defined]  # declared by every tenant model
    return wall
