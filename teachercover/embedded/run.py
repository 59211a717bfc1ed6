"""Runs a command with a cluster's addresses in its environment."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import FrameType

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
    with cluster:
        try:
            child = subprocess.Popen(  # noqa: S603  the caller's own command
                command,
                env={**os.environ, **cluster.environment},
                preexec_fn=signal_when_parent_dies(signal.SIGTERM),
            )
        except FileNotFoundError:
            print(f"{command[0]}: command not found", file=sys.stderr)  # noqa: T201  a command's own words
            return COMMAND_NOT_FOUND
        return exit_code(wait_passing_signals_on(child))


def wait_passing_signals_on(child: subprocess.Popen[bytes]) -> int:
    """Waits for the child; meanwhile SIGINT, SIGTERM and SIGHUP to this process go to the child."""

    def pass_on(number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGINT and _terminal_is_ours():
            return  # Ctrl-C: the terminal has told the child itself
        child.send_signal(number)

    passed_on = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, pass_on) for number in passed_on}
    try:
        return child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def exit_code(return_code: int) -> int:
    """A shell's exit code for a process: 128 + signal where one ended it."""
    return return_code if return_code >= 0 else 128 - return_code


def _terminal_is_ours() -> bool:
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (OSError, ValueError):
        return False
