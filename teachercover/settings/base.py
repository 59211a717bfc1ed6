"""Apps, middleware, templates, database."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from .environment import database, read

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PRODUCTION: bool = read("DJANGO_ENV") == "production"
DEBUG = False

INSTALLED_APPS = [
    "schools",
    "staffing",
    "absences",
    "coverplans",
    "reporting",
    "teachercover",
    "teachercover.admin.TeachercoverAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
]

MIDDLEWARE = [
    "teachercover.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "schools.tenancy.middleware.TenantMiddleware",
]

ROOT_URLCONF = "teachercover.urls"
WSGI_APPLICATION = "teachercover.wsgi.application"
ASGI_APPLICATION = "teachercover.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "schools.web.context.frame",
            ],
        },
    }
]

_DATABASE_URL: str = read("DATABASE_URL")
if not _DATABASE_URL and PRODUCTION:
    raise ImproperlyConfigured("DATABASE_URL is not set: production needs a PostgreSQL database")


def tenant_database(url: str) -> dict[str, Any]:
    """Connection settings for one login: connections start as the powerless role `cover_app` (see docs/tenancy.md)."""
    parsed = database(url or "postgres:///teachercover")
    parsed["ENGINE"] = "schools.tenancy.backend"
    parsed["CONN_HEALTH_CHECKS"] = True
    parsed["OPTIONS"] = {**parsed.get("OPTIONS", {}), "options": "-c role=cover_app"}
    if read("DB_POOL"):
        parsed["OPTIONS"]["pool"] = {
            "min_size": read("DB_POOL_MIN"),
            "max_size": read("DB_POOL_MAX"),
            "timeout": read("DB_POOL_TIMEOUT"),
            "max_lifetime": read("DB_POOL_MAX_LIFETIME"),
        }
    return parsed


DATABASES = {"default": tenant_database(_DATABASE_URL)}
WORKER_DATABASE_URL: str = read("WORKER_DATABASE_URL")
MIGRATE_DATABASE_URL: str = read("MIGRATE_DATABASE_URL")

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
