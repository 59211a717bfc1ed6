"""`migrate`, run as the owner of the tables. The application's own role may not change the schema."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connection

from schools.tenancy.backend.base import OWNER_OPTIONS, DatabaseWrapper


class Command(migrate.Command):
    """Reconnects with MIGRATE_DATABASE_URL as `cover_owner`, migrates, and reconnects as the application."""

    def handle(self, *args: Any, **options: Any) -> None:
        wrapper: DatabaseWrapper = connection  # type: ignore[assignment]  # the only database is ours
        if wrapper.settings_dict["OPTIONS"].get("options") == OWNER_OPTIONS:
            super().handle(*args, **options)
            return
        with wrapper.as_owner():
            super().handle(*args, **options)
