"""A missing part is a skip with a reason, or a failure where everything is required."""

import sys

import pytest

from tests.required import require


def test_a_part_that_is_there_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUIRE_ALL", "1")
    assert require("Python", sys.executable) == sys.executable


@pytest.mark.parametrize("path", [None, "/nowhere/chromium"])
def test_a_missing_part_is_named(monkeypatch: pytest.MonkeyPatch, path: str | None) -> None:
    monkeypatch.delenv("REQUIRE_ALL", raising=False)
    with pytest.raises(pytest.skip.Exception, match="Chromium is missing"):
        require("Chromium", path)
    monkeypatch.setenv("REQUIRE_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match="Chromium is missing"):
        require("Chromium", path)
