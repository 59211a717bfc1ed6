"""Every address of the system, read from the URLconf."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

from schools.access.doors import Door, door_of, permission_for


@dataclass(frozen=True)
class Address:
    """One pattern of the URLconf; `template` is its path with `%(name)s` for each argument."""

    template: str
    arguments: tuple[str, ...]
    callback: Callable[..., Any]
    app_names: tuple[str, ...]

    def __str__(self) -> str:
        return self.template.replace("%(", "<").replace(")s", ">")

    @cached_property
    def door(self) -> Door:
        """What the view declares. Raises AssertionError for a view that declares nothing."""
        found = door_of(self.callback, list(self.app_names))
        assert found is not None, f"the view of {self} declares no door"
        return found

    @property
    def is_api(self) -> bool:
        return self.template.startswith("/api/")

    @property
    def is_office(self) -> bool:
        return "admin" in self.app_names

    @property
    def names_school(self) -> bool:
        return "school" in self.arguments

    @property
    def model(self) -> type[Model] | None:
        """The model whose rows the view names, where the view says so."""
        office = getattr(self.callback, "model_admin", None)
        view = getattr(self.callback, "cls", None) or getattr(self.callback, "view_class", None)
        return office.model if office else getattr(view, "model", None)

    def permission(self, method: str) -> str | None:
        """The permission this method takes, or None when the view does not answer it."""
        return permission_for(self.callback, self.door, method)

    def path(self, values: Mapping[str, str]) -> str:
        return self.template % values


def every_address() -> list[Address]:
    """Every address, in the order of the URLconf."""
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, prefix: str, app_names: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        regex = prefix + str(entry.pattern.regex.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            inner = (*app_names, entry.app_name) if entry.app_name else app_names
            yield from _walk(entry, regex, inner)
        elif isinstance(entry, URLPattern):
            yield _address(entry, regex, app_names)


def _address(entry: URLPattern, regex: str, app_names: tuple[str, ...]) -> Address:
    template, arguments = normalize(regex)[-1]
    callback = entry.callback
    return Address(f"/{template}", tuple(arguments), callback, app_names)
