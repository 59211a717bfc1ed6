"""The declaration every view carries: which door opens round it, and which permission that takes.

A view without one does not start (see checks.py). Function views are decorated with `@door(…)`; API views carry the same
object as the class attribute `door`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from .roles import PERMISSIONS

Where = Literal["public", "signed in", "school", "mine", "self", "district"]
_V = TypeVar("_V", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Door:
    """Where the scope comes from, and the permission per HTTP method (or per action of an API view set).

    `school`: the slug in the URL. `mine`: the widest scope the caller's roles give for the permission. `self`: the caller's
    own rows, whatever else the roles give. `district`: the login's district. `signed in`: no tenant rows at all, only a
    sign-in. `public`: nothing.

    `outside` names the methods or actions whose view opens its own doors, because no transaction may stay open round all of it:
    the caller is checked as ever, then the door is closed, and the view finds its scope as `request.scope`.
    """

    where: Where
    permissions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    outside: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        unknown = {permission for permission in self.permissions.values() if permission not in PERMISSIONS}
        if unknown:
            raise ValueError(f"no such permission: {', '.join(sorted(unknown))}")
        if unasked := self.outside - self.permissions.keys():
            raise ValueError(f"outside without a permission: {', '.join(sorted(unasked))}")

    def permission(self, key: str) -> str | None:
        """The permission for a method or action, or None when the view does not answer it."""
        return self.permissions.get(key)


PUBLIC = Door("public")
SIGNED_IN = Door("signed in")
OFFICE = Door("district", {"get": "office.open", "post": "office.open"})


def door(
    where: Where, permission: str | None = None, *, outside: bool = False, **by_method: str
) -> Callable[[_V], _V]:
    """Declare a function view's door: one permission for GET and POST, or one per method (`get=…, post=…`).

    With `outside`, all of them leave the door before the view runs.
    """
    permissions = by_method or ({"get": permission, "post": permission} if permission else {})
    declared = Door(where, permissions, frozenset(permissions) if outside else frozenset())

    def declare(view: _V) -> _V:
        view.door = declared  # type: ignore[attr-defined]  # the declaration lives on the view
        return view

    return declare


def door_of(callback: Any, app_names: list[str] | None = None) -> Door | None:
    """The door of a resolved view, or None when it declares none."""
    if app_names and "admin" in app_names:
        return OFFICE
    owners = (callback, getattr(callback, "view_class", None), getattr(callback, "cls", None))
    declared = (getattr(owner, "door", None) for owner in owners)
    return next((found for found in declared if isinstance(found, Door)), None)


def permission_for(callback: Any, declared: Door, method: str) -> str | None:
    """The permission this request takes: by action for an API view set, by method otherwise."""
    key = _key(callback, method)
    return declared.permission(key) if key else None


def methods_of(callback: Any, declared: Door) -> list[str]:
    """The HTTP methods for which the view declares a permission."""
    methods = ("GET", "POST", "PUT", "PATCH", "DELETE")
    return [method for method in methods if permission_for(callback, declared, method)]


def runs_outside(callback: Any, declared: Door, method: str) -> bool:
    """True when the view answers this request with doors of its own."""
    return _key(callback, method) in declared.outside


def _key(callback: Any, method: str) -> str | None:
    method = "get" if method.upper() == "HEAD" else method.lower()
    actions: Mapping[str, str] | None = getattr(callback, "actions", None)
    return method if actions is None else actions.get(method)
