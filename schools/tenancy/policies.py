"""The SQL of the walls, exactly as measured: one policy per role, each a single indexable condition.

No OR, no membership sub-select, no function: those cost 6 to 700 times. The inner cast of the school list stays inside the
SELECT; outside it the array is parsed again for every row. The one exception is the small `mixed` tables (settings, audit,
outbox), where rows of the district itself lie beside rows of schools.
"""

DISTRICT = "(SELECT nullif(current_setting('app.district', true), '')::bigint)"
SCHOOLS = "ANY ((SELECT nullif(current_setting('app.schools', true), '')::bigint[])::bigint[])"
MIGRATING = "current_setting('app.migrating', true) = 'on'"

GRANTS = [
    "GRANT USAGE ON SCHEMA public TO cover_rw",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO cover_rw",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO cover_rw",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO cover_rw",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO cover_rw",
]
REVOKES = [
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM cover_rw",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM cover_rw",
]


def conditions(owner: str) -> dict[str, tuple[str, str]]:
    """Policy name → (role, condition) for a table with this owner."""
    school_column = "id" if owner == "school itself" else "school_id"
    district_column = "id" if owner == "district itself" else "district_id"
    in_district = f"{district_column} = {DISTRICT}"
    found = {
        "district": ("cover_district", in_district),
        "system": ("cover_system", "true"),
        "migrate": ("cover_owner", MIGRATING),
    }
    if owner in ("school", "school itself", "mixed"):
        found["schools"] = ("cover_app", f"{school_column} = {SCHOOLS}")
    else:
        found["within_district"] = ("cover_app", in_district)
    if owner == "mixed":
        found["district_rows"] = ("cover_app", f"school_id IS NULL AND {in_district}")
    return found


def target_columns(owner: str) -> list[str]:
    """The tenant columns by which other tables point at a table with this owner."""
    if owner in ("school", "mixed"):
        return ["school_id", "district_id"]
    return [] if owner == "district itself" else ["district_id"]


def key_name(table: str, column: str) -> str:
    return f"{table}_{column}_wall"[:63]


def raise_wall(table: str, owner: str, keys: dict[str, tuple[str, str]], append_only: bool) -> list[str]:
    """Statements that put a table behind the walls."""
    statements = [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
    ]
    for name, (role, condition) in conditions(owner).items():
        statements.append(
            f'CREATE POLICY {name} ON "{table}" TO {role} USING ({condition}) WITH CHECK ({condition})'
        )
    for tenant_column in target_columns(owner):
        statements.append(
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_{tenant_column}_target" UNIQUE (id, {tenant_column})'
        )
    for column, (target, tenant_column) in keys.items():
        statements.append(
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{key_name(table, column)}" FOREIGN KEY ({column}, {tenant_column}) '
            f'REFERENCES "{target}" (id, {tenant_column}) DEFERRABLE INITIALLY DEFERRED'
        )
    if append_only:
        statements.append(f'REVOKE UPDATE, DELETE ON "{table}" FROM cover_rw')
    return statements


def lower_wall(table: str, owner: str, keys: dict[str, tuple[str, str]], append_only: bool) -> list[str]:
    """Statements that undo `raise_wall`."""
    statements = [f'ALTER TABLE "{table}" DROP CONSTRAINT "{key_name(table, column)}"' for column in keys]
    statements += [
        f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_{column}_target"' for column in target_columns(owner)
    ]
    statements += [f'DROP POLICY {name} ON "{table}"' for name in conditions(owner)]
    statements.append(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
    statements.append(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
    if append_only:
        statements.append(f'GRANT UPDATE, DELETE ON "{table}" TO cover_rw')
    return statements
