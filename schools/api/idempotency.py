"""`Idempotency-Key`: a write that is sent twice with the same key is carried out once and answered twice.

The answer is kept in the transaction of the write itself, so there is never one without the other. Only answers of success are
kept: after an error nothing was written, and the same key may try again.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from schools.answers import problem
from schools.models import IdempotencyRecord, User
from schools.tenancy.door import inside_door, tenant
from schools.tenancy.scope import Scope

WRITES = ("POST", "PUT", "PATCH", "DELETE")
LONGEST_KEY = 200
KEPT_HEADERS = ("Content-Type", "Location")
REPLAYED = "Idempotent-Replayed"


def answer_once(request: HttpRequest, carry_out: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer to this request, carried out unless its key was answered before.

    409 while the same key is being carried out, 422 when it came with another request. A view that opens its own doors has no
    transaction that could hold its answer: there the key is locked while it runs, and the answer kept right after it.
    """
    key = request.headers.get("Idempotency-Key", "")
    scope: Scope | None = getattr(request, "scope", None)
    if not key or request.method not in WRITES or scope is None or not isinstance(request.user, User):
        return carry_out()
    if len(key) > LONGEST_KEY:
        return problem(request, 400, f"An Idempotency-Key has at most {LONGEST_KEY} characters.")
    once = _Once(request, request.user, key)
    if inside_door():
        return once.answer(carry_out, nullcontext) if once.take() else once.busy()
    if not once.take(for_the_session=True):
        return once.busy()
    try:
        return once.answer(carry_out, lambda: tenant(scope))
    finally:
        once.give_back()


class _Once:
    """One key of one user, and the request it came with."""

    def __init__(self, request: HttpRequest, user: User, key: str) -> None:
        self.request, self.user, self.key = request, user, key
        self.digest = _digest(f"{user.pk}:{key}".encode())
        self.asked = _digest(f"{request.method} {request.get_full_path()}\n".encode() + request.body)
        self.lock_number = int.from_bytes(bytes.fromhex(self.digest[:16]), "big", signed=True)

    def take(self, *, for_the_session: bool = False) -> bool:
        """Take the key until the transaction ends, or until it is given back; False when somebody else has it."""
        function = "pg_try_advisory_lock" if for_the_session else "pg_try_advisory_xact_lock"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [self.lock_number])
            return bool(cursor.fetchone()[0])

    def give_back(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [self.lock_number])

    def busy(self) -> HttpResponseBase:
        return problem(
            self.request, 409, "A request with this Idempotency-Key is being carried out just now."
        )

    def answer(
        self, carry_out: Callable[[], HttpResponseBase], door: Callable[[], AbstractContextManager[Any]]
    ) -> HttpResponseBase:
        with door():
            kept = IdempotencyRecord.objects.filter(user=self.user, key_digest=self.digest).first()
        if kept is not None:
            return self._again(kept)
        answer = carry_out()
        if answer.status_code < 400:
            with door():
                self._keep(answer)
        return answer

    def _again(self, kept: IdempotencyRecord) -> HttpResponseBase:
        if kept.request_digest != self.asked:
            return problem(self.request, 422, "This Idempotency-Key was used for another request.")
        return _replay(kept, self.key)

    def _keep(self, answer: HttpResponseBase) -> None:
        IdempotencyRecord.objects.create(
            district_id=self.user.district_id,
            user=self.user,
            key_digest=self.digest,
            request_digest=self.asked,
            status=answer.status_code,
            sealed_body=_seal(answer, self.key),
        )


def _seal(answer: Any, key: str) -> bytes:
    if hasattr(answer, "render"):
        answer.render()
    kept = {
        "body": base64.b64encode(answer.content).decode(),
        "headers": {name: answer[name] for name in KEPT_HEADERS if answer.has_header(name)},
    }
    return _box(key).encrypt(json.dumps(kept).encode())


def _replay(kept: IdempotencyRecord, key: str) -> HttpResponse:
    opened = json.loads(_box(key).decrypt(bytes(kept.sealed_body)))
    answer = HttpResponse(base64.b64decode(opened["body"]), status=kept.status, headers=opened["headers"])
    answer[REPLAYED] = "true"
    return answer


def _box(key: str) -> MultiFernet:
    """The cipher for one client's key: the table alone does not open it, nor does our secret alone."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(
                base64.urlsafe_b64encode(
                    hmac.digest(secret.encode(), f"idempotency:{key}".encode(), "sha256")
                )
            )
            for secret in secrets
        ]
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
