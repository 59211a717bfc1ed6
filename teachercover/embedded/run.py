"""Runs a command with a cluster's addresses in its environment."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import FrameType
from typing import Any, Self

from .cluster import Cluster
from .lifeline import signal_when_parent_dies

COMMAND_NOT_FOUND = 127


def names_database(environment: Mapping[str, str]) -> bool:
    """Whether the environment already names a database, directly or by a file."""
    return bool(environment.get("DATABASE_URL") or environment.get("DATABASE_URL_FILE"))


def wants_embedded(environment: Mapping[str, str]) -> bool:
    """Whether the embedded demo cluster may step in: no database is named, and this is not production."""
    # A DJANGO_ENV that comes in a file is somebody's deployment: the settings will ask for its database.
    deployed = environment.get("DJANGO_ENV") == "production" or "DJANGO_ENV_FILE" in environment
    return not deployed and not names_database(environment)


def run_with_cluster(cluster: Cluster, command: Sequence[str]) -> int:
    """Runs the command on the running cluster and gives back its exit code; signals are passed on to it."""
    with cluster, SignalRelay() as relay:
        try:
            child = subprocess.Popen(  # noqa: S603  the caller's own command
                command,
                env={**os.environ, **cluster.environment},
                preexec_fn=signal_when_parent_dies(signal.SIGTERM),
            )
        except FileNotFoundError:
            sys.stderr.write(f"{command[0]}: command not found\n")
            return COMMAND_NOT_FOUND
        relay.pass_on_to(child)
        return exit_code(child.wait())


class SignalRelay:
    """While open, SIGINT, SIGTERM and SIGHUP to this process go to a child; those that come before it exists wait."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._waiting: list[int] = []
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._before[number] = signal.signal(number, self._pass_on)
        return self

    def __exit__(self, *error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def pass_on_to(self, child: subprocess.Popen[bytes]) -> None:
        """Names the child."""
        self._child = child
        for number in self._waiting:
            child.send_signal(number)

    def _pass_on(self, number: int, _frame: FrameType | None) -> None:
        if self._child is None:
            self._waiting.append(number)
        elif number != signal.SIGINT or not _terminal_is_ours():
            # On Ctrl-C the terminal has told the child itself.
            self._child.send_signal(number)


def exit_code(return_code: int) -> int:
    """A shell's exit code for a process: 128 + signal where one ended it."""
    return return_code if return_code >= 0 else 128 - return_code


def _terminal_is_ours() -> bool:
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (OSError, ValueError):
        return False
