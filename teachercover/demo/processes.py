"""The demo's processes: started together, stopped together, gone with whoever started them."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

from teachercover.embedded.lifeline import signal_when_parent_dies
from teachercover.embedded.place import REPOSITORY

PATIENCE = 10.0
"""Seconds in which a process may finish what it is doing."""


class Processes:
    """Child processes by name, each with a process group of its own, so that Ctrl-C reaches us alone."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Starts one process in the repository's folder."""
        self._running[name] = subprocess.Popen(  # noqa: S603  our own commands
            command,
            cwd=REPOSITORY,
            env=dict(environment),
            preexec_fn=signal_when_parent_dies(signal.SIGTERM),
            start_new_session=True,
        )

    def first_ended(self) -> str | None:
        """The name of a process that is over although nobody stopped it."""
        return next((name for name, process in self._running.items() if process.poll() is not None), None)

    def stop(self) -> None:
        """Ends them all, politely at first, with everything they have started."""
        for process in self._running.values():
            process.terminate()
        end = time.monotonic() + PATIENCE
        for process in self._running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, end - time.monotonic()))
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
