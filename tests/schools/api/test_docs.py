"""The schema, and the page that shows it."""

from django.core.management import call_command
from django.test import Client


def test_the_schema_is_valid_and_without_warnings(db: None) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null")


def test_the_schema_needs_no_sign_in(client: Client, db: None) -> None:
    assert client.get("/api/schema/").status_code == 200


def test_the_page_loads_everything_from_our_own_host(client: Client, db: None) -> None:
    answer = client.get("/api/docs/")
    assert answer.status_code == 200
    assert "http" not in answer.content.decode().replace("http-equiv", "")


def test_only_this_page_may_write_styles(client: Client, db: None) -> None:
    docs, sign_in = client.get("/api/docs/"), client.get("/sign-in/")
    assert "style-src 'self' 'unsafe-inline'" in docs["Content-Security-Policy"]
    assert "unsafe-inline" not in sign_in["Content-Security-Policy"]
