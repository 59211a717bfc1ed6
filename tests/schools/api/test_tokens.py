"""Programs sign in and out."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient

from schools.models import User
from tests.world import PASSWORD, World

TOKEN, LOGOUT, ME = "/api/v1/auth/token/", "/api/v1/auth/logout/", "/api/v1/me/"
ADA = "teacher@oak.example"


@pytest.fixture
def program(world: World) -> APIClient:
    return APIClient()


def sign_in(program: APIClient, email: str = ADA, password: str = PASSWORD) -> tuple[int, dict[str, Any]]:
    answer = program.post(TOKEN, {"email": email, "password": password}, format="json")
    return answer.status_code, answer.json()


def test_email_and_password_give_a_token_that_opens(program: APIClient) -> None:
    status, body = sign_in(program)
    assert (status, set(body)) == (200, {"token", "expires"})
    assert dt.datetime.fromisoformat(body["expires"]) > timezone.now()
    program.credentials(HTTP_AUTHORIZATION=f"Token {body['token']}")
    assert program.get(ME).json()["email"] == ADA


def test_the_email_may_be_in_any_case(program: APIClient) -> None:
    assert sign_in(program, ADA.upper())[0] == 200


def test_the_token_is_hashed_at_rest(program: APIClient) -> None:
    _, body = sign_in(program)
    assert not AuthToken.objects.filter(digest=body["token"]).exists()


def test_a_wrong_password_is_a_401_problem(program: APIClient) -> None:
    status, body = sign_in(program, password="wrong")
    assert (status, body["status"]) == (401, 401)


def test_five_wrong_passwords_lock_the_account_and_no_other(program: APIClient) -> None:
    statuses = [sign_in(program, password="wrong")[0] for _ in range(5)]
    assert statuses == [401, 401, 401, 401, 429]
    assert sign_in(program)[0] == 429
    assert sign_in(program, "approver@oak.example")[0] == 200


def test_wrong_passwords_of_page_and_api_are_counted_together(program: APIClient) -> None:
    for _ in range(3):
        sign_in(program, password="wrong")
    page = Client()
    statuses = [page.post("/sign-in/", {"username": ADA, "password": "x"}).status_code for _ in range(2)]
    assert statuses == [200, 429]


@pytest.mark.parametrize("body", [{}, {"email": ADA}, {"email": "ada", "password": "x"}, [], "text"])
def test_a_body_that_is_no_sign_in_is_a_400(program: APIClient, body: object) -> None:
    assert program.post(TOKEN, body, format="json").status_code == 400


def test_signing_out_ends_this_token_only(program: APIClient, api: Callable[[User], APIClient]) -> None:
    user = User.objects.get(email=ADA)
    one, other = api(user), api(user)
    assert one.post(LOGOUT).status_code == 204
    assert [one.get(ME).status_code, other.get(ME).status_code] == [401, 200]


def test_signing_out_a_browser_needs_its_csrf_token(world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.get(email=ADA), backend="django.contrib.auth.backends.ModelBackend")
    assert browser.post(LOGOUT).status_code == 403


@pytest.mark.parametrize("header", ["Token", "Token nonsense", "Token a b"])
def test_a_token_that_is_none_is_a_401_problem(program: APIClient, header: str) -> None:
    answer = program.get(ME, HTTP_AUTHORIZATION=header)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"] == "Token"


def test_the_token_of_a_login_that_was_switched_off_is_worthless(
    world: World, api: Callable[[User], APIClient]
) -> None:
    user = User.objects.get(email=ADA)
    client = api(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(ME).status_code == 401
