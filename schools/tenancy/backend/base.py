"""Connections run as `cover_app`; migrations and test set-up run as `cover_owner`.

The login of `DATABASE_URL` is only a way in. Each new physical connection is checked once: the role owns no table, is neither
superuser nor BYPASSRLS, and row-level security is active for it on every walled table. Otherwise the connection is refused.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base, creation, operations
from environ import Env

OWNER_OPTIONS = "-c role=cover_owner -c app.migrating=on"

_POWER = """
SELECT current_user,
       (SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = current_user),
       EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'cover_owner' AND pg_has_role(current_user, oid, 'MEMBER')),
       EXISTS (SELECT 1 FROM pg_class WHERE relkind IN ('r', 'p') AND relrowsecurity AND NOT row_security_active(oid))
"""


class DatabaseOperations(operations.DatabaseOperations):
    """TRUNCATE is not granted to the application: only the owner flushes a test database."""

    def execute_sql_flush(self, sql_list: Iterable[str]) -> None:
        statements = list(sql_list)
        super().execute_sql_flush(["SET LOCAL ROLE cover_owner", *statements] if statements else [])


class DatabaseCreation(creation.DatabaseCreation):
    """Test databases are made, cloned and dropped by the owner; tests then run as the application."""

    connection: "DatabaseWrapper"

    def create_test_db(self, *args: Any, **kwargs: Any) -> str:
        with self.connection.as_owner():
            name: str = super().create_test_db(*args, **kwargs)
        return name

    def clone_test_db(self, *args: Any, **kwargs: Any) -> None:
        with self.connection.as_owner():
            super().clone_test_db(*args, **kwargs)

    def destroy_test_db(self, *args: Any, **kwargs: Any) -> None:
        with self.connection.as_owner():
            super().destroy_test_db(*args, **kwargs)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that verifies its own weakness."""

    ops_class = DatabaseOperations
    creation_class = DatabaseCreation

    def _configure_role(self, connection: Any) -> bool:
        if self.settings_dict["OPTIONS"].get("options") == OWNER_OPTIONS:
            return False
        with connection.cursor() as cursor:
            role, powerful, is_owner, unwalled = cursor.execute(_POWER).fetchone()
        if role not in ("cover_app", "cover_district", "cover_system") or powerful or is_owner or unwalled:
            raise ImproperlyConfigured(
                f"the database connection runs as “{role}”, which could see across the walls between schools; "
                "it must run as cover_app (see docs/tenancy.md, or `manage.py prepare-database` for the SQL)"
            )
        return True

    @contextmanager
    def as_owner(self) -> Iterator[None]:
        """Reconnect as the owner of the tables for the block's duration (migrations, maintenance, test set-up)."""
        ours = self.settings_dict
        theirs = {**ours, "OPTIONS": {**ours["OPTIONS"], "options": OWNER_OPTIONS}}
        theirs["OPTIONS"].pop("pool", None)
        if settings.MIGRATE_DATABASE_URL:
            login = Env.db_url_config(settings.MIGRATE_DATABASE_URL)
            theirs.update({part: login[part] for part in ("USER", "PASSWORD", "HOST", "PORT")})
        self._switch(theirs)
        try:
            yield
        finally:
            restored = {**ours, "NAME": theirs["NAME"]}
            ours.update(restored)
            self._switch(ours)

    def _switch(self, settings_dict: dict[str, Any]) -> None:
        self.close()
        self.close_pool()
        self.settings_dict = settings_dict
