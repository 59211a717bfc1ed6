"""Coming in by the sign-in page, being locked out, and the forgotten password."""

import ipaddress
import re

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from knox.models import AuthToken

from schools.models import User
from tests.world import PASSWORD, World

SIGN_IN, RESET = "/sign-in/", "/password/"
ADA, BEN = "teacher@oak.example", "cover_manager@oak.example"


def try_to_sign_in(client: Client, email: str, password: str, address: str = "198.51.100.7") -> int:
    form = {"username": email, "password": password}
    return client.post(SIGN_IN, form, REMOTE_ADDR=address).status_code


def test_the_page_comes_without_signing_in(client: Client, db: None) -> None:
    assert client.get(SIGN_IN).status_code == 200


def test_the_right_password_leads_on(client: Client, world: World) -> None:
    answer = client.post(SIGN_IN, {"username": ADA, "password": PASSWORD, "next": "/absences/"})
    assert answer.headers["Location"] == "/absences/"


def test_it_never_leads_to_another_site(client: Client, world: World) -> None:
    form = {"username": ADA, "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post(SIGN_IN, form).headers["Location"] == "/"


def test_the_email_may_be_in_any_case(client: Client, world: World) -> None:
    assert try_to_sign_in(client, "Teacher@OAK.example", PASSWORD) == 302


def test_a_wrong_password_and_an_unknown_address_read_the_same(client: Client, world: World) -> None:
    words = "belong together"
    for email in (ADA, "nobody@oak.example"):
        answer = client.post(SIGN_IN, {"username": email, "password": "wrong"})
        assert words in answer.content.decode()


def test_a_login_that_was_switched_off_cannot_come_in(client: Client, world: World) -> None:
    User.objects.filter(email=ADA).update(is_active=False)
    assert try_to_sign_in(client, ADA, PASSWORD) == 200


def test_five_wrong_passwords_lock_the_account_from_that_address(client: Client, world: World) -> None:
    statuses = [try_to_sign_in(client, ADA, "wrong") for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    assert try_to_sign_in(client, ADA, PASSWORD) == 429


def test_another_account_from_the_same_address_still_comes_in(client: Client, world: World) -> None:
    for _ in range(5):
        try_to_sign_in(client, ADA, "wrong")
    assert try_to_sign_in(client, BEN, PASSWORD) == 302


def test_the_account_still_comes_in_from_another_address(client: Client, world: World) -> None:
    for _ in range(5):
        try_to_sign_in(client, ADA, "wrong")
    assert try_to_sign_in(client, ADA, PASSWORD, address="198.51.100.8") == 302


def test_another_spelling_of_the_address_is_no_way_round_the_lock(client: Client, world: World) -> None:
    for spelling in (ADA, ADA.upper(), ADA.title(), f" {ADA}", ADA.capitalize()):
        try_to_sign_in(client, spelling, "wrong")
    assert try_to_sign_in(client, ADA, PASSWORD) == 429


def test_the_locked_page_says_how_long_and_what_to_do(client: Client, world: World) -> None:
    for _ in range(5):
        answer = client.post(SIGN_IN, {"username": ADA, "password": "wrong"})
    assert answer.headers["Retry-After"] == "900"
    assert "15 minutes" in answer.content.decode()
    assert RESET in answer.content.decode()


def test_an_address_that_tries_everybody_is_slowed_down(client: Client, world: World) -> None:
    statuses = [try_to_sign_in(client, f"user{number}@oak.example", "guess") for number in range(61)]
    assert statuses[-1] == 429
    assert set(statuses[:-1]) == {200}


def test_a_school_network_is_not_slowed_down_by_its_address(
    client: Client, world: World, settings: LazySettings
) -> None:
    settings.SCHOOL_NETWORKS = [ipaddress.ip_network("198.51.100.0/24")]
    statuses = [try_to_sign_in(client, f"user{number}@oak.example", "guess") for number in range(61)]
    assert set(statuses) == {200}


def test_an_account_is_slowed_down_in_a_school_network_too(
    client: Client, world: World, settings: LazySettings
) -> None:
    settings.SCHOOL_NETWORKS = [ipaddress.ip_network("198.51.100.0/24")]
    statuses = [try_to_sign_in(client, ADA, "guess", f"198.51.100.{number}") for number in range(21)]
    assert statuses[-1] == 429
    assert set(statuses[:-1]) == {200}


def test_signing_out_ends_the_session(client: Client, world: World) -> None:
    try_to_sign_in(client, ADA, PASSWORD)
    client.post("/sign-out/")
    assert client.get("/").headers["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("email", [ADA, ADA.upper(), "nobody@oak.example"])
def test_asking_for_a_new_password_answers_the_same_for_every_address(
    client: Client, world: World, email: str
) -> None:
    answer = client.post(RESET, {"email": email})
    assert answer.headers["Location"] == "/password/sent/"
    assert len(mail.outbox) == (0 if email.startswith("nobody") else 1)


def test_an_account_without_a_password_gets_its_first_one_by_mail(client: Client, world: World) -> None:
    user = User.objects.get(email=ADA)
    user.set_unusable_password()
    user.save()
    client.post(RESET, {"email": ADA})
    assert [message.to for message in mail.outbox] == [[ADA]]


def test_the_link_in_the_mail_sets_a_password_once_and_ends_tokens(client: Client, world: World) -> None:
    AuthToken.objects.create(user=User.objects.get(email=ADA))
    client.post(RESET, {"email": ADA})
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert link is not None
    form = client.get(link[1], follow=True).redirect_chain[-1][0]
    chosen = {"new_password1": "a new long password", "new_password2": "a new long password"}
    assert client.post(form, chosen).headers["Location"] == "/password/saved/"
    assert not AuthToken.objects.exists()
    assert "no longer works" in Client().get(link[1]).content.decode()
    assert try_to_sign_in(Client(), ADA, "a new long password") == 302


def test_asking_for_many_mails_is_slowed_down(client: Client, world: World) -> None:
    statuses = [client.post(RESET, {"email": ADA}).status_code for _ in range(21)]
    assert statuses[-1] == 429
    assert len(mail.outbox) == 20
