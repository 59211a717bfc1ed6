#!/usr/bin/env python
"""Django's command line. `optimize-db` means `optimize_db`; without DATABASE_URL the embedded demo database serves."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.management import execute_from_command_line

from teachercover.embedded import Cluster, EmbeddedError
from teachercover.embedded.run import wants_embedded

NEED_NO_DATABASE = {"help", "version", "collectstatic", "compilemessages", "makemessages"}

WITH_THE_LOGIN_OF_THE_WEB = {"runserver", "check", "prepare_database", "prepare-database"}
"""Commands that are the web, or look at its login."""


def main(arguments: Sequence[str]) -> None:
    """Runs one command; `arguments` are those of the command line, the program's name first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teachercover.settings")
    with database_for(arguments):
        use_the_workers_login(arguments)
        execute_from_command_line(with_underscores(arguments))


def use_the_workers_login(arguments: Sequence[str]) -> None:
    """Commands may look across districts for their work, which the web's login may not."""
    login = os.environ.get("WORKER_DATABASE_URL")
    if login and not WITH_THE_LOGIN_OF_THE_WEB.intersection(arguments[1:2]):
        os.environ["DATABASE_URL"] = login


def with_underscores(arguments: Sequence[str]) -> list[str]:
    """The same arguments, the command's name as Python can spell it. `help` is followed by such a name too."""
    names = 2 if arguments[1:2] == ["help"] else 1
    return [
        argument.replace("-", "_") if 1 <= position <= names and not argument.startswith("-") else argument
        for position, argument in enumerate(arguments)
    ]


@contextmanager
def database_for(arguments: Sequence[str]) -> Iterator[None]:
    """Joins the running demo cluster, or starts it for as long as the command runs, where nothing else is named."""
    asks_for_help = len(arguments) < 2 or not {"-h", "--help", "--version"}.isdisjoint(arguments)
    if asks_for_help or arguments[1] in NEED_NO_DATABASE or not wants_embedded(os.environ):
        yield
        return
    try:
        cluster = Cluster("demo")
        cluster.ensure_running()
    except EmbeddedError as error:
        sys.exit(str(error))
    os.environ.update(cluster.environment)
    try:
        yield
    finally:
        cluster.release()


if __name__ == "__main__":
    main(sys.argv)
