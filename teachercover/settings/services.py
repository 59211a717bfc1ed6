"""Cache, broker, mail, API, logs."""

from datetime import timedelta
from typing import Any

import structlog

from .environment import broker_and_cache, email, read

REDIS_URL: str = read("REDIS_URL")
CACHE_TYPE: str = read("CACHE_TYPE") or ("RedisCache" if REDIS_URL else "SimpleCache")
_BROKER_URL, _CACHE_URL = broker_and_cache(REDIS_URL) if REDIS_URL else ("memory://", "")

CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": _CACHE_URL,
        "OPTIONS": {
            "SOCKET_CONNECT_TIMEOUT": 0.5,
            "SOCKET_TIMEOUT": 0.5,
            "IGNORE_EXCEPTIONS": True,
        },
    }
    if CACHE_TYPE == "RedisCache"
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

CELERY_BROKER_URL = _BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5}
CELERY_BEAT_SCHEDULE = {
    "deliver-outbox": {"task": "schools.deliver_outbox", "schedule": 10.0},
}

globals().update(email(read("EMAIL_URL")))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL: str = read("DEFAULT_FROM_EMAIL")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SITE_URL: str = read("SITE_URL")

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["schools.api.authentication.DoorAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["schools.api.permissions.DoorPermission"],
    "DEFAULT_PAGINATION_CLASS": "schools.api.pagination.ByKey",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "schools.api.schema.CoverSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "schools.api.problems.problem_response",
    "PAGE_SIZE": 50,
}
REST_KNOX = {
    "TOKEN_TTL": timedelta(hours=12),
    "AUTH_HEADER_PREFIX": "Token",
    "TOKEN_MODEL": "knox.AuthToken",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "teachercover",
    "DESCRIPTION": "Absences, cover needs, cover plans and bookings of schools. Errors are RFC 9457 problem documents.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "AbsenceState": "absences.models.AbsenceState",
        "AssignmentKind": "coverplans.models.AssignmentKind",
        "AssignmentState": "coverplans.models.AssignmentState",
        "BookingState": "coverplans.models.BookingState",
        "LessonKind": "staffing.models.lesson.LessonKind",
        "NeedState": "coverplans.models.NeedState",
        "OfferState": "coverplans.models.OfferState",
        "PlanState": "coverplans.models.PlanState",
        "PostKind": "staffing.models.person.PostKind",
    },
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": read("LOG_LEVEL")},
    "loggers": {"axes": {"level": "WARNING"}},
}
