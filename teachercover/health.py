"""`/healthz` says that the process answers, `/readyz` what it depends on.

A middleware at the very top: probes come with any host name, without a session, and must not be redirected or limited.
"""

from collections.abc import Callable

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase


class HealthMiddleware:
    """Answers the two probes and passes everything else on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == "/healthz":
            return JsonResponse({"status": "ok"})
        if request.path_info == "/readyz":
            return _readiness()
        return self.get_response(request)


def _readiness() -> JsonResponse:
    """503 only for the database: without cache or broker the system works on, slower, and says `degraded`."""
    parts = {"database": _database(), "cache": _cache(), "broker": _broker()}
    ready = parts["database"] == "ok"
    status = (
        "ok"
        if all(state in ("ok", "not used") for state in parts.values())
        else "degraded"
        if ready
        else "unavailable"
    )
    return JsonResponse({"status": status, **parts}, status=200 if ready else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unavailable"
    finally:
        connection.close()
    return "ok"


def _cache() -> str:
    cache.set("readyz", "ok", 10)
    return "ok" if cache.get("readyz") == "ok" else "unavailable"


def _broker() -> str:
    if not settings.REDIS_URL:
        return "not used"
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1).ping()
    except redis.RedisError:
        return "unavailable"
    return "ok"
