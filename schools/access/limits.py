"""How often an address or an account may try, and under which name wrong passwords are counted."""

from typing import Any

from django.http import HttpRequest
from django_ratelimit.core import is_ratelimited

from schools.models import User

from .addresses import client_address, is_school_network

PER_ADDRESS = "60/m"
PER_ACCOUNT = "20/m"


def account_name(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The account a sign-in names, as it is stored: `ADA@oak.example ` and `ada@oak.example` share one count."""
    named = (credentials or {}).get("username") or (request.POST.get("username") if request else "")
    return User.objects.normalize_email(named)


def too_many_tries(request: HttpRequest, group: str, account: str = "") -> bool:
    """Count one try of this kind; True when its address or its account has had too many in the last minute.

    Addresses of `SCHOOL_NETWORKS` are not counted, accounts always are.
    """
    by_address = not is_school_network(request) and is_ratelimited(
        request, group=group, key=lambda *_: client_address(request), rate=PER_ADDRESS, increment=True
    )
    by_account = bool(account) and is_ratelimited(
        request, group=f"{group}-account", key=lambda *_: account, rate=PER_ACCOUNT, increment=True
    )
    return by_address or by_account
