"""System checks of the walls: every view declares a door, and the web's login has no way round them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.urls import URLPattern, URLResolver, get_resolver

from schools.access.doors import door_of

_WAYS_ROUND = """
SELECT array_agg(rolname::text ORDER BY rolname) FROM pg_roles
WHERE pg_has_role(session_user, oid, 'MEMBER')
  AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolname IN ('cover_owner', 'cover_system'))
"""


@register(Tags.urls)
def every_view_declares_a_door(
    app_configs: Sequence[AppConfig] | None = None, **options: Any
) -> list[CheckMessage]:
    """An error for each address whose view does not say which door opens round it, or which permission an action takes."""
    found: list[CheckMessage] = []
    for route, callback, app_names in _views(get_resolver(), "/", ()):
        door = door_of(callback, list(app_names))
        if door is None:
            found.append(
                Error(f"The view at {route} declares no door.", obj=_name(callback), id="schools.E001")
            )
            continue
        actions = set((getattr(callback, "actions", None) or {}).values())
        unasked = sorted(actions - door.permissions.keys())
        if unasked and door.where not in ("public", "signed in"):
            text = f"The view at {route} asks no permission for: {', '.join(unasked)}."
            found.append(Error(text, obj=_name(callback), id="schools.E002"))
    return found


@register(Tags.security, deploy=True)
def the_login_has_no_way_round(
    app_configs: Sequence[AppConfig] | None = None, **options: Any
) -> list[CheckMessage]:
    """The web's login may not become superuser, owner of the tables, or the role that sees every district."""
    kind = Error if settings.PRODUCTION else Warning
    try:
        with connection.cursor() as cursor:
            cursor.execute(_WAYS_ROUND)
            roles: list[str] | None = cursor.fetchone()[0]
    except (DatabaseError, ImproperlyConfigured) as problem:
        return [kind(f"The database login cannot be checked: {problem}", id="schools.E010")]
    if not roles:
        return []
    hint = "Let DATABASE_URL name a login that is a member of cover_app and cover_district only; see docs/tenancy.md."
    return [
        kind(
            f"The database login may act as {', '.join(roles)}: past the walls.", hint=hint, id="schools.E011"
        )
    ]


def require_doors() -> None:
    """Refuse to start with a view that declares no door; the web server runs no checks by itself."""
    if problems := every_view_declares_a_door():
        raise ImproperlyConfigured("\n".join(str(problem) for problem in problems))


def _views(
    resolver: URLResolver, prefix: str, app_names: tuple[str, ...]
) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    """Address, view and namespaces of every pattern."""
    for entry in resolver.url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield route, entry.callback, app_names
        else:
            names = (*app_names, entry.app_name) if entry.app_name else app_names
            yield from _views(entry, route, names)


def _name(callback: Any) -> str:
    view = getattr(callback, "view_class", None) or getattr(callback, "cls", None) or callback
    return f"{view.__module__}.{view.__qualname__}"
