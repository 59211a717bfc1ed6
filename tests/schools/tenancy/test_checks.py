"""The checks of the walls: doors of every view, and the login's ways round."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework.viewsets import ViewSet

from schools.access.doors import Door, door
from schools.tenancy.checks import (
    every_view_declares_a_door,
    require_doors,
    the_login_has_no_way_round,
)


class Things(ViewSet):
    """A resource that forgot the permission of one action."""

    door = Door("mine", {"list": "school.read"})

    def list(self, request: Any) -> None: ...

    def create(self, request: Any) -> None: ...


def doorless(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@door("mine", "school.read")
def proper(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@pytest.fixture
def addresses(settings: LazySettings) -> Callable[[list[Any]], None]:
    """Serve these patterns instead of the system's."""

    def serve(patterns: list[Any]) -> None:
        module = ModuleType("addresses")
        module.urlpatterns = patterns  # type: ignore[attr-defined]  # that is what makes it a URLconf
        settings.ROOT_URLCONF = module

    return serve


def test_every_view_of_the_system_declares_a_door() -> None:
    assert every_view_declares_a_door() == []


def test_a_view_without_a_door_is_an_error(addresses: Callable[[list[Any]], None]) -> None:
    addresses([path("a/", include([path("b/", doorless), path("c/", proper)]))])
    assert [(found.id, found.msg) for found in every_view_declares_a_door()] == [
        ("schools.E001", "The view at /a/b/ declares no door.")
    ]


def test_an_action_without_a_permission_is_an_error(addresses: Callable[[list[Any]], None]) -> None:
    addresses([path("things/", Things.as_view({"get": "list", "post": "create"}))])
    assert [(found.id, found.msg) for found in every_view_declares_a_door()] == [
        ("schools.E002", "The view at /things/ asks no permission for: create.")
    ]


def test_the_web_server_refuses_to_start_with_such_a_view(addresses: Callable[[list[Any]], None]) -> None:
    addresses([path("b/", doorless)])
    with pytest.raises(ImproperlyConfigured, match="declares no door"):
        require_doors()


@pytest.mark.parametrize(("production", "level"), [(True, "ERROR"), (False, "WARNING")])
def test_a_login_with_a_way_round_the_walls_is_reported(
    db: None, settings: LazySettings, production: bool, level: str
) -> None:
    settings.PRODUCTION = production
    found = the_login_has_no_way_round()
    assert [(message.id, message.is_serious()) for message in found] == [("schools.E011", level == "ERROR")]
    assert "cover_owner" in found[0].msg
