"""The door: one transaction, transaction-local database settings, one context variable.

`with tenant(scope):` is the only way to tenant rows. Settings are never set for a session, because a pooled connection would
carry them to the next request.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from .scope import Scope, _current

_CLOSED = ("cover_app", "", "")


def _apply(settings: tuple[str, str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config('app.district', %s, true), set_config('app.schools', %s, true)",
            settings,
        )


@contextmanager
def tenant(scope: Scope) -> Iterator[Scope]:
    """Open a door: everything inside runs in one transaction and sees only the scope's rows.

    A nested door is a savepoint; on leaving it the outer door's settings are restored (releasing a savepoint keeps the inner
    ones). Retries belong round the outermost door only.
    """
    with transaction.atomic(), narrowed(scope):
        yield scope


@contextmanager
def narrowed(scope: Scope) -> Iterator[Scope]:
    """Change the scope inside the running transaction without a savepoint of its own."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "a scope lives inside a transaction; open a door with tenant(scope)"
        )
    outer = _current.get()
    _apply(scope.settings())
    token = _current.set(scope)
    try:
        yield scope
    except BaseException:
        _current.reset(token)
        raise
    _current.reset(token)
    if not connection.needs_rollback:
        _apply(outer.settings() if outer else _CLOSED)


def inside_door() -> bool:
    """True inside a door."""
    return _current.get() is not None
