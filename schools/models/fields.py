"""Small helpers that keep model declarations short."""

from typing import Any

from django.db import models


def choice(choices: type[models.TextChoices], **options: Any) -> "models.CharField[str, str]":
    """A short text column that holds one of the choices; pair it with `one_of` in the model's constraints."""
    return models.CharField(max_length=24, choices=choices.choices, **options)


def one_of(table: str, column: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """The database's own check that a choice column holds nothing else (native enums lose their index under the walls)."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{column}__in": sorted(choices.values)}), name=f"{table}_{column}_known"
    )
