"""Chromium, at two widths, on a Monday at 06:45."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.coverplans.services.days import MORNING
from tests.required import require
from tests.world import World, build_world

from .visitor import Visitor

FLAGS = [
    "--no-sandbox",  # also runs as root in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
PATIENCE = 15_000
"""Milliseconds after which what a page should show is missing."""

OpenBrowser = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each visitor has cookies and storage of their own."""
    path = require("Chromium", shutil.which("chromium") or "/usr/bin/chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def world(transactional_db: None) -> World:
    """The world, committed: the server reads it in threads of its own."""
    return build_world()


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """06:45 on the Monday of the world, in the tests and on the server; it goes on from there."""
    with time_machine.travel(MORNING, tick=True) as traveller:
        yield traveller


@pytest.fixture(params=[DESK, PHONE], ids=lambda size: str(size["width"]))
def size(request: pytest.FixtureRequest) -> dict[str, int]:
    found: dict[str, int] = request.param
    return found


@pytest.fixture
def visit(
    request: pytest.FixtureRequest, chromium: Browser, live_server: LiveServer, size: dict[str, int]
) -> Iterator[OpenBrowser]:
    """Opens a browser, as `visit("manager")`; `scripts=False` for one with JavaScript switched off.

    Fails the test when a page made the browser complain.
    """
    contexts: list[BrowserContext] = []
    visitors: dict[str, Visitor] = {}

    def open_browser(who: str, *, scripts: bool = True) -> Visitor:
        is_phone = size == PHONE
        context = chromium.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            java_script_enabled=scripts,
            has_touch=is_phone,
            locale="en-GB",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        visitors[who] = Visitor(context.new_page(), live_server.url, _pictures(request, who))
        return visitors[who]

    yield open_browser
    for visitor in visitors.values():
        visitor.leave()
    for context in contexts:
        context.close()
    assert {who: visitor.complaints for who, visitor in visitors.items() if visitor.complaints} == {}


def _pictures(request: pytest.FixtureRequest, who: str) -> Path | None:
    """Where the screenshots of this test go: into the folder that `SCREENSHOTS` names."""
    folder = os.environ.get("SCREENSHOTS")
    if not folder:
        return None
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder) / re.sub(r"\W+", "-", f"{request.node.name}-{who}").strip("-")
