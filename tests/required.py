"""Parts that tests need and a machine may lack."""

import os
from pathlib import Path

import pytest


def require(part: str, path: str | None) -> str:
    """The path of a program, or the test is skipped with what is missing; with `REQUIRE_ALL=1` it fails instead."""
    if path and Path(path).is_file():
        return path
    missing = f"{part} is missing" + (f": there is no {path}" if path else "")
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(missing)
    pytest.skip(missing)
