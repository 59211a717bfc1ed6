"""Somebody at a browser: signs in, does things, and looks at each page with a critical eye."""

import re
from itertools import count
from pathlib import Path

from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect

from schools.models import User
from tests.world import PASSWORD

PAGE_CHECKS = (Path(__file__).parent / "page_checks.js").read_text()


class Visitor:
    """One page of one browser. Everything the browser complains of is kept, and fails the test at its end.

    `pictures` is the folder and the beginning of the names of the screenshots, or None for none.
    """

    def __init__(self, page: Page, base_url: str, pictures: Path | None) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._base_url = base_url
        self._pictures = pictures
        self._steps = count(1)
        self._expected: list[re.Pattern[str]] = []
        self._under_way: set[Request] = set()
        page.on("console", self._hear)
        page.on("request", lambda request: self._under_way.add(request))
        page.on("requestfinished", lambda request: self._under_way.discard(request))
        page.on("requestfailed", lambda request: self._under_way.discard(request))
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))

    def open(self, path: str) -> None:
        """Go to an address of the site."""
        self.page.goto(f"{self._base_url}{path}")

    def sign_in(self, user: User) -> None:
        """With the form, as everybody does."""
        self.open("/sign-in/")
        self.page.get_by_label("E-mail").fill(user.email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press_button("Sign in")
        expect(self.page.locator("header .menu > summary").last).to_be_visible()
        self.page.wait_for_load_state()  # with its scripts: keys may be pressed next

    def come_as(self, user: User) -> None:
        """As somebody who has signed in before; to where their work begins."""
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self._base_url}])
        self.open("/")

    def press_button(self, name: str) -> None:
        """The button or button-like link of this name."""
        button = self.page.get_by_role("button", name=name, exact=True)
        self.page.get_by_role("link", name=name, exact=True).or_(button).first.click()

    def may_be_refused(self, status: int) -> None:
        """An answer with this status is expected: the browser and htmx write it to the console as an error."""
        self.may_hear(
            rf"the server responded with a status of {status} |Response Status Error Code {status} "
        )

    def may_hear(self, pattern: str) -> None:
        """Messages on the console in which this is found are expected."""
        self._expected.append(re.compile(pattern))

    def leave(self) -> None:
        """Wait for the last answer: the server is not to be at work while the database is emptied."""
        for _ in range(500):
            if not self._under_way:
                break
            self.page.wait_for_timeout(20)

    def look(self, what: str) -> None:
        """Check what holds on every page, and keep a picture of it."""
        if self._pictures:
            name = f"{self._pictures.name}-{next(self._steps):02}-{what}.png"
            # Hiding the caret would leave style attributes behind, of which the page then complains.
            self.page.screenshot(path=self._pictures.with_name(name), full_page=True, caret="initial")
        self.page.keyboard.press("Shift")
        width = (self.page.viewport_size or {"width": 0})["width"]
        self.complaints += [f"{what}: {found}" for found in self.page.evaluate(PAGE_CHECKS, width)]

    def expect_heading(self, text: str) -> None:
        """Wait for the page of this heading: a click alone does not wait for where it leads."""
        expect(self.page.get_by_role("heading", name=text).first).to_be_visible()

    def needs(self, state: str) -> Locator:
        """The cells of the board in this state."""
        return self.page.locator(f".need.is-{state}")

    def expect_tallies(self, **numbers: int) -> None:
        """The numbers at the head of the board, by the word of their state."""
        for state, number in numbers.items():
            tally = self.page.locator(".tally", has=self.page.locator(f".state.{state}"))
            expect(tally.locator("b")).to_have_text(str(number))

    def _hear(self, message: ConsoleMessage) -> None:
        expected = any(pattern.search(message.text) for pattern in self._expected)
        if message.type in ("error", "warning") and not expected:
            self.complaints.append(f"console: {message.text}")
