"""Which address a request came from, and whether the installation trusts it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address: the peer, or the entry of X-Forwarded-For that our own proxies wrote."""
    forwarded = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    proxies: int = settings.TRUSTED_PROXIES
    if proxies and len(forwarded) >= proxies:
        return str(forwarded[-proxies])
    return str(request.META.get("REMOTE_ADDR", ""))


def is_school_network(request: HttpRequest) -> bool:
    """True for an address of `SCHOOL_NETWORKS`: limits per address do not apply to it, limits per account do."""
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return False
    return any(address in network for network in settings.SCHOOL_NETWORKS)
