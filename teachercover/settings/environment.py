"""Every variable the system reads from its environment, typed, in one table.

The README's table is made from `VARIABLES`, and a test compares the two. Each variable may also be given as `X_FILE`, the
path of a file that holds the value, which is how container platforms hand over secrets.
"""

import sys
from dataclasses import dataclass
from typing import Any, Literal

import environ


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its type, its default (as text, "" = unset) and what it means."""

    name: str
    kind: Literal["str", "int", "float", "bool", "list"]
    default: str
    meaning: str


VARIABLES: tuple[Variable, ...] = (
    Variable(
        "DJANGO_ENV",
        "str",
        "development",
        "`development` or `production`; production refuses unsafe settings",
    ),
    Variable("SECRET_KEY", "str", "", "signs cookies and links; required in production"),
    Variable("SECRET_KEY_FALLBACKS", "list", "", "older keys that are still accepted while keys rotate"),
    Variable("ALLOWED_HOSTS", "list", "", "host names served, comma-separated; required in production"),
    Variable("CSRF_TRUSTED_ORIGINS", "list", "", "origins with scheme that may post forms"),
    Variable("DATABASE_URL", "str", "", "PostgreSQL login of the web; unset: the embedded server"),
    Variable(
        "WORKER_DATABASE_URL",
        "str",
        "",
        "login of workers and commands that look across districts; unset: DATABASE_URL",
    ),
    Variable(
        "MIGRATE_DATABASE_URL",
        "str",
        "",
        "login that may act as the owner of the tables; unset: DATABASE_URL",
    ),
    Variable("DB_POOL", "bool", "true", "native connection pool; workers that fork set it to false"),
    Variable("DB_POOL_MIN", "int", "1", "connections kept open per process"),
    Variable("DB_POOL_MAX", "int", "8", "connections at most per process; at least the number of threads"),
    Variable("DB_POOL_TIMEOUT", "float", "5", "seconds a request waits for a connection"),
    Variable("DB_POOL_MAX_LIFETIME", "float", "3600", "seconds after which a connection is renewed"),
    Variable("REDIS_URL", "str", "", "cache and broker; unset: cache in memory, one background process"),
    Variable(
        "CACHE_TYPE", "str", "", "`SimpleCache` or `RedisCache`; unset: RedisCache when REDIS_URL is set"
    ),
    Variable(
        "SCHOOL_NETWORKS",
        "list",
        "",
        "trusted addresses or CIDRs: per-address limits do not apply, per-account ones do",
    ),
    Variable("TRUSTED_PROXIES", "int", "0", "number of proxies in front whose X-Forwarded-For is believed"),
    Variable("EMAIL_URL", "str", "consolemail://", "mail transport, e.g. `smtp+tls://user:pass@host:587`"),
    Variable("DEFAULT_FROM_EMAIL", "str", "teachercover <no-reply@localhost>", "sender of notices"),
    Variable(
        "SITE_URL",
        "str",
        "http://127.0.0.1:8000",
        "where people reach the system; links in mails begin with it",
    ),
    Variable("LOG_LEVEL", "str", "INFO", "threshold of the logs on standard error"),
    Variable("PORT", "int", "8000", "port the web server listens on"),
    Variable("WEB_THREADS", "int", "8", "threads of one web process"),
    Variable("WEB_CONCURRENCY", "int", "1", "web processes"),
)

_BY_NAME = {variable.name: variable for variable in VARIABLES}
_ENV = environ.FileAwareEnv()


def read(name: str) -> Any:
    """The value of a known variable, converted to its type.

    Raises KeyError for a name that is not in the table and ImproperlyConfigured for a value of the wrong type.
    """
    variable = _BY_NAME[name]
    match variable.kind:
        case "int":
            return _ENV.int(name, default=int(variable.default))
        case "float":
            return _ENV.float(name, default=float(variable.default))
        case "bool":
            return _ENV.bool(name, default=variable.default == "true")
        case "list":
            return _ENV.list(name, default=[])
        case _:
            return _ENV.str(name, default=variable.default)


def database(url: str) -> dict[str, Any]:
    """Django's connection settings for a PostgreSQL URL. Raises ImproperlyConfigured for any other database."""
    parsed: dict[str, Any] = dict(environ.Env.db_url_config(url))
    if parsed.get("ENGINE") != "django.db.backends.postgresql":
        raise environ.ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database (postgres://…)")
    return parsed


def email(url: str) -> dict[str, Any]:
    """Django's e-mail settings for a URL."""
    return dict(environ.Env.email_url_config(url))


def broker_and_cache(url: str) -> tuple[str, str]:
    """Broker and cache addresses for one Redis URL: the cache uses the next database number."""
    base, _, number = url.rpartition("/")
    if not number.isdigit():
        return url.rstrip("/") + "/0", url.rstrip("/") + "/1"
    return url, f"{base}/{int(number) + 1}"


def table() -> str:
    """The variables as the Markdown table of the README; `python teachercover/settings/environment.py` prints it."""
    rows = [
        f"| `{found.name}` | {found.kind} | {_code(found.default)} | {found.meaning} |" for found in VARIABLES
    ]
    return "\n".join(["| Variable | Type | Default | Meaning |", "|---|---|---|---|", *rows])


def _code(text: str) -> str:
    return f"`{text}`" if text else "–"


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
