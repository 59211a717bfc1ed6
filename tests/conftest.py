"""Fixtures of every test: the world, and browsers and API clients of its people."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from knox.models import AuthToken
from rest_framework.test import APIClient

from schools.models import User
from tests.world import World, build_world

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the tests' thread


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Limits are counted in the cache: each test begins with none used up."""
    cache.clear()


@pytest.fixture
def world(db: None) -> World:
    """Two districts, three schools and everybody in them."""
    return build_world()


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which this user is signed in."""

    def sign_in(user: User, **options: Any) -> Client:
        client = Client(**options)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def api() -> Callable[[User], APIClient]:
    """A program that carries this user's token."""

    def with_token(user: User) -> APIClient:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(user=user)[1]}")
        return client

    return with_token
