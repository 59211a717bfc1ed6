"""What the database itself says about the walls of every table, compared with what the models declare."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from schools.tenancy.keys import composite_keys, tenant_models
from schools.tenancy.manager import wall_of
from schools.tenancy.policies import conditions, target_columns
from schools.tenancy.roles import READ_WRITE, SCOPED
from tests.standing import undone

from .outside import OUTSIDE

pytestmark = pytest.mark.django_db

TENANT_MODELS = sorted(tenant_models(), key=lambda model: model._meta.label_lower)
EVERY_MODEL = pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda model: model._meta.label_lower)
APPLICATION = (READ_WRITE, *SCOPED)


def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def test_tests_run_as_the_powerless_application() -> None:
    (row,) = ask(
        """
        SELECT current_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
               (SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user),
               pg_has_role('cover_owner', 'MEMBER'), pg_has_role('cover_system', 'MEMBER')
        FROM pg_roles WHERE rolname = current_user
        """
    )
    assert row == ("cover_app", False, False, False, False, 0, False, False)


def test_every_table_with_a_tenant_column_declares_a_wall() -> None:
    columns = ask(
        """
        SELECT DISTINCT relname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE attname IN ('school_id', 'district_id') AND relkind IN ('r', 'p')
          AND relnamespace = 'public'::regnamespace AND NOT attisdropped
        """
    )
    declared = {model._meta.db_table for model in TENANT_MODELS}
    identity = {apps.get_model(label)._meta.db_table for label in OUTSIDE}
    assert {table for (table,) in columns} - declared == {"schools_user"} & identity


def test_every_table_has_a_model() -> None:
    tables = {table for (table,) in ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    modelled = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert tables - modelled == {"django_migrations"}


@EVERY_MODEL
def test_row_level_security_is_on_and_forced(model: type[models.Model]) -> None:
    flags = ask(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass",
        model._meta.db_table,
    )
    assert flags == [(True, True)]


@EVERY_MODEL
def test_policies_are_exactly_the_measured_ones(model: type[models.Model]) -> None:
    owner = wall_of(model).owner
    with undone():
        expected = _policies_of_a_sample(owner)
    assert _policies_of(model._meta.db_table) == expected


def _policies_of_a_sample(owner: str) -> set[tuple[Any, ...]]:
    """The expected policies in the database's own spelling."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE sample (id bigint, school_id bigint, district_id bigint)")
        for name, (role, condition) in conditions(owner).items():
            cursor.execute(
                f"CREATE POLICY {name} ON sample TO {role} USING ({condition}) WITH CHECK ({condition})"
            )
    return _policies_of("sample")


def _policies_of(table: str) -> set[tuple[Any, ...]]:
    rows = ask(
        """
        SELECT policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies WHERE tablename = %s
        """,
        table,
    )
    assert all(qual == check for *_, qual, check in rows)
    return set(rows)


@EVERY_MODEL
def test_foreign_keys_cannot_cross_a_wall(model: type[models.Model]) -> None:
    expected = {
        (f"{column},{tenant}", f"{target}(id,{tenant})")
        for column, (target, tenant) in composite_keys(model).items()
    }
    if "district_id" in {field.column for field in model._meta.concrete_fields}:
        expected.add(("district_id", "schools_district(id)"))
    assert _foreign_keys_of(model._meta.db_table) == expected


def _foreign_keys_of(table: str) -> set[tuple[str, str]]:
    rows = ask(
        """
        SELECT convalidated AND condeferrable,
               (SELECT string_agg(attname, ',' ORDER BY place) FROM unnest(conkey) WITH ORDINALITY AS key (number, place)
                JOIN pg_attribute ON attrelid = conrelid AND attnum = number),
               confrelid::regclass::text || '(' ||
               (SELECT string_agg(attname, ',' ORDER BY place) FROM unnest(confkey) WITH ORDINALITY AS key (number, place)
                JOIN pg_attribute ON attrelid = confrelid AND attnum = number) || ')'
        FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass
        """,
        table,
    )
    assert all(sound for sound, *_ in rows)
    return {(columns, target) for _, columns, target in rows}


@EVERY_MODEL
def test_other_tables_can_point_at_it_with_its_tenant(model: type[models.Model]) -> None:
    keys = {
        columns
        for (columns,) in ask(
            """
            SELECT (SELECT string_agg(attname, ',' ORDER BY place) FROM unnest(conkey) WITH ORDINALITY AS key (number, place)
                    JOIN pg_attribute ON attrelid = conrelid AND attnum = number)
            FROM pg_constraint WHERE contype = 'u' AND conrelid = %s::regclass
            """,
            model._meta.db_table,
        )
    }
    assert {f"id,{column}" for column in target_columns(wall_of(model).owner)} <= keys


@EVERY_MODEL
def test_append_only_tables_cannot_be_changed(model: type[models.Model]) -> None:
    may_change = [
        (role, right)
        for role in APPLICATION
        for right in ("UPDATE", "DELETE")
        if _has_right(role, model._meta.db_table, right)
    ]
    if wall_of(model).append_only:
        assert may_change == []
    else:
        assert len(may_change) == 2 * len(APPLICATION)


def _has_right(role: str, table: str, right: str) -> bool:
    function = "has_any_column_privilege" if right == "UPDATE" else "has_table_privilege"
    return bool(ask(f"SELECT {function}(%s, %s, %s)", role, table, right)[0][0])


def test_nobody_but_the_owner_may_truncate_or_reach_past_the_policies() -> None:
    rows = ask(
        """
        SELECT relname, grantee, privilege_type FROM pg_class, aclexplode(relacl)
        WHERE relnamespace = 'public'::regnamespace AND grantee <> relowner
          AND (grantee <> 'cover_rw'::regrole
               OR privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'USAGE')
               OR (relkind = 'S' AND privilege_type <> 'USAGE'))
        """
    )
    assert rows == []


def test_the_owner_owns_everything() -> None:
    strangers = ask(
        """
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relowner <> 'cover_owner'::regrole
        """
    )
    assert strangers == []


def test_no_view_looks_with_other_eyes_than_the_reader() -> None:
    views = ask(
        """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace
          AND (relkind = 'm' OR (relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)))
        """
    )
    functions = ask("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef")
    assert views == []
    assert functions == []
