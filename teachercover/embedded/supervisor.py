"""The process that owns a running server: `python -m teachercover.embedded.supervisor NAME ROOT PRIVATE`.

It is the server's parent, outlives whoever started it, and stops it as soon as nobody holds the lease.
The kernel gives the lease of a killed process back, so no server is left behind by a `kill -9`. When the
supervisor itself is killed, the server shuts down (on Linux), or the next supervisor stops it.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from . import server
from .access import load_access
from .binaries import programs
from .errors import EmbeddedError
from .kinds import KINDS, Kind
from .locks import FileLock
from .place import Place, place_of

LOOKS_EVERY = 0.25
"""Seconds between two looks at the lease."""
START_LIMIT = 60.0
"""Seconds within which a server must accept connections; recovery after a crash is part of it."""
ATTEMPTS = 15
"""A server that was killed keeps its shared memory for a moment, and a start in that moment fails."""


def supervise(place: Place, kind: Kind) -> None:
    """Starts the server and stays until it is not needed any more, is gone, or somebody sends SIGTERM."""
    lease = FileLock(place.lease)
    place.supervisor_pid.write_text(str(os.getpid()))
    asked_to_stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: asked_to_stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = _started(place, kind)
    try:
        place.ready.touch()
        while process.poll() is None and not asked_to_stop.wait(LOOKS_EVERY):
            if not place.keep.exists() and lease.try_seize():
                break
    finally:
        place.ready.unlink(missing_ok=True)
        _stop(process)


def _started(place: Place, kind: Kind) -> subprocess.Popen[bytes]:
    server.stop_leftover(place)
    bin_directory = programs(place.base, place.account)
    socket_directory = load_access(place).socket_directory
    for _ in range(ATTEMPTS):
        process = server.spawn(place, bin_directory, kind, socket_directory)
        if _came_up(place, process):
            return process
        _stop(process)
        time.sleep(0.2)
    raise EmbeddedError("the server did not start")


def _came_up(place: Place, process: subprocess.Popen[bytes]) -> bool:
    end = time.monotonic() + START_LIMIT
    while process.poll() is None and time.monotonic() < end:
        if server.accepts_connections(place, process.pid):
            return True
        time.sleep(0.02)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    server.stop_process(process.send_signal, lambda: process.poll() is not None)


def main(name: str, root: str, private_base: str) -> None:
    """Supervises one cluster of one clone in the background; the caller returns once the guard is taken."""
    place = place_of(name, root=Path(root), private_base=Path(private_base))
    guard = FileLock(place.guard)
    # Not `try_seize`: somebody who merely looks whether the guard is held, holds it for an instant.
    guard.seize()
    if os.fork() == 0:
        supervise(place, KINDS[name])


if __name__ == "__main__":
    main(*sys.argv[1:])
