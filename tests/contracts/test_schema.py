"""The committed schema is what the API says of itself."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

COMMITTED = Path(__file__).resolve().parent.parent.parent / "docs" / "openapi.yaml"


def test_the_committed_schema_is_current_and_free_of_warnings() -> None:
    """Run `make schema` after changing the API."""
    written = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=written)
    assert written.getvalue().strip() == COMMITTED.read_text(encoding="utf-8").strip()
