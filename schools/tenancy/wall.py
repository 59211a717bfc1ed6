"""How a model lies behind the walls, said once beside the model.

The manager turns a wall into its predicate, the migration operations turn it into policies and composite keys, and a test
compares both with the database.
"""

from dataclasses import dataclass
from typing import Literal

Owner = Literal["school", "district", "mixed", "school itself", "district itself"]


@dataclass(frozen=True, slots=True)
class Wall:
    """Who owns a row, and what narrows it further.

    `within_schools` replaces the predicate under a *these schools* scope; `within_self` is added under a *self* scope. Both
    are SQL in which `{column}` is a column of the model's own table and `{:schools}`, `{:person}` and `{:district}` are the
    scope's values. `append_only` takes UPDATE and DELETE from the application.
    """

    owner: Owner
    within_schools: str = ""
    within_self: str = ""
    append_only: bool = False

    @property
    def school_column(self) -> str:
        return "id" if self.owner == "school itself" else "school_id"

    @property
    def district_column(self) -> str:
        return "id" if self.owner == "district itself" else "district_id"

    def predicate(self, kind: str) -> str:
        """The SQL template of this wall under a scope of this kind."""
        if kind == "system":
            return "TRUE"
        by_district = f"{{{self.district_column}}} = {{:district}}"
        if kind == "district":
            return by_district
        if self.owner == "mixed":
            schools = f"({{school_id}} = ANY({{:schools}}) OR ({{school_id}} IS NULL AND {by_district}))"
        elif self.owner in ("school", "school itself"):
            schools = f"{{{self.school_column}}} = ANY({{:schools}})"
        else:
            schools = by_district
        if kind == "self":
            return f"{schools} AND {self.within_self}" if self.within_self else schools
        return f"{schools} AND {self.within_schools}" if self.within_schools else schools
