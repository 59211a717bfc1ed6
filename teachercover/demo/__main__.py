"""`python -m teachercover.demo`: prepares the database, serves, and stops everything on Ctrl-C.

One web process with threads. Beside it, without REDIS_URL, one process that drains the outbox; with it, Celery.
"""

import errno
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType

from teachercover.embedded import Cluster, EmbeddedError
from teachercover.embedded.place import REPOSITORY
from teachercover.embedded.run import names_database

from .errors import DemoError
from .preparation import prepare
from .processes import Processes

HOST = "127.0.0.1"
DEFAULT_PORT = "8000"
SIGN_INS = {
    "cover@demo.example": "cover manager",
    "teacher@demo.example": "teacher",
    "sub@demo.example": "substitute",
    "district@demo.example": "district staff",
}
PASSWORD = "teachercover-demo"  # noqa: S105  made-up data behind it, refused in production
PRIVILEGED = {"WORKER_DATABASE_URL", "MIGRATE_DATABASE_URL"}
"""What the web process has no use for."""
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
START_LIMIT = 60.0
"""Seconds within which the web server must answer."""
LOOKS_EVERY = 0.2
"""Seconds between two looks at the processes."""


def main() -> int:
    """Serves until a signal comes or a process ends. Gives back the exit code."""
    for number in STOPPING_SIGNALS:
        signal.signal(number, _interrupt)
    try:
        port = free_port(os.environ)
        if names_database(os.environ):
            run(dict(os.environ), port, stamp=None)
        else:
            with Cluster("demo") as cluster:
                run({**os.environ, **cluster.environment}, port, stamp=cluster.place.home / "prepared")
    except (DemoError, EmbeddedError) as error:
        sys.stderr.write(f"demo: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stdout.write("\nStopped. The data stays; `make clean` removes it.\n")
    return 0


def free_port(environment: Mapping[str, str]) -> int:
    """The port to serve on. Raises DemoError when it is taken, or in production."""
    if environment.get("DJANGO_ENV") == "production":
        raise DemoError("DJANGO_ENV is production: the demo and its known passwords have no place there.")
    text = environment.get("PORT") or DEFAULT_PORT
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise DemoError(f"PORT is {text!r}, but must be a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                reason = (
                    f"Port {text} is in use. Is a demo running already? For another port: make demo PORT=8001"
                )
            else:
                reason = f"Port {text} cannot be used: {error.strerror}."
            raise DemoError(reason) from error
    return int(text)


def run(environment: Mapping[str, str], port: int, *, stamp: Path | None) -> None:
    """Prepares the database and serves."""
    # Static files come from the apps' own folders; without this one the web server would warn at every start.
    (REPOSITORY / "staticfiles").mkdir(exist_ok=True)
    prepare(environment, stamp)
    serve(environment, port)


def serve(environment: Mapping[str, str], port: int) -> None:
    """Runs the processes, prints address and sign-ins, and returns only by an exception."""
    parent = os.getppid()
    processes = Processes()
    try:
        web = {name: value for name, value in environment.items() if name not in PRIVILEGED}
        processes.start("the web server", [sys.executable, "-m", "gunicorn"], {**web, "PORT": str(port)})
        for name, command in background(environment).items():
            processes.start(name, command, environment)
        _wait_for_answer(processes, port)
        _print_welcome(port)
        while os.getppid() == parent:
            _refuse_ended(processes)
            time.sleep(LOOKS_EVERY)
        raise KeyboardInterrupt  # whoever started us was killed
    finally:
        processes.stop()


def background(environment: Mapping[str, str]) -> dict[str, list[str]]:
    """The commands that run beside the web server, by name."""
    if not environment.get("REDIS_URL"):
        return {"the outbox": [sys.executable, "manage.py", "deliver-outbox", "--watch"]}
    celery = [sys.executable, "-m", "celery", "--quiet", "--app", "teachercover.celery"]
    schedule = os.path.join(".local", "celerybeat-schedule")
    return {
        "the Celery worker": [*celery, "worker", "--concurrency", "1", "--loglevel", "WARNING"],
        "the Celery schedule": [*celery, "beat", "--schedule", schedule, "--loglevel", "WARNING"],
    }


def _wait_for_answer(processes: Processes, port: int) -> None:
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end:
        _refuse_ended(processes)
        connection = HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(LOOKS_EVERY)
        finally:
            connection.close()
    raise DemoError(f"The web server did not answer within {START_LIMIT:.0f} seconds.")


def _refuse_ended(processes: Processes) -> None:
    if name := processes.first_ended():
        raise DemoError(f"{name} has ended by itself; its last words are above.")


def _print_welcome(port: int) -> None:
    lines = ["", f"teachercover is served at http://{HOST}:{port}/", "", "Sign in as"]
    lines += [f"  {address:24}{person}" for address, person in SIGN_INS.items()]
    lines += [f"each with the password  {PASSWORD}", "", "Ctrl-C stops it."]
    sys.stdout.write("\n".join([*lines, ""]))
    sys.stdout.flush()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    for number in STOPPING_SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # an impatient second Ctrl-C must not leave half of it running
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
