"""The PostgreSQL server itself: making its data directory, starting and stopping its process."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from .access import PORT, SUPERUSER, Access
from .binaries import major_version
from .errors import EmbeddedError
from .kinds import Kind
from .lifeline import signal_when_parent_dies
from .place import Place

FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT
"""PostgreSQL's shutdowns: end sessions, write everything; or drop everything, recover at the next start."""
PATIENCE = 15.0
"""Seconds that a server gets for a fast shutdown."""
STATUS_LINE = 7
"""Line of postmaster.pid, counted from 0, that says `ready`."""
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
"""All that the server inherits, so that PGPORT, PGDATA and the like of whoever starts it don't matter."""


def make_data_directory(place: Place, programs: Path, access: Access, *, durable: bool) -> None:
    """Runs initdb. Every login needs its password. Raises EmbeddedError with initdb's own words."""
    half = place.account.own_directory(_emptied(place.home / "data.half"))
    password_file = half.with_name("password")
    _write_for_server(place, password_file, access.password(SUPERUSER))
    command = [
        str(programs / "initdb"),
        f"--pgdata={half}",
        f"--username={SUPERUSER}",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions",
        *([] if durable else ["--no-sync"]),
    ]
    try:
        subprocess.run(  # noqa: S603  our own arguments
            command,
            check=True,
            capture_output=True,
            text=True,
            cwd="/",
            env=ENVIRONMENT,
            **place.account.identity,
        )
    except subprocess.CalledProcessError as failure:
        raise EmbeddedError(f"initdb failed: {failure.stderr.strip()}") from failure
    finally:
        password_file.unlink()
    half.rename(place.data)


def refuse_other_version(place: Place) -> None:
    """Raises EmbeddedError when the data directory was made by another major version of PostgreSQL."""
    made_by = (place.data / "PG_VERSION").read_text().strip()
    if made_by != major_version():
        raise EmbeddedError(
            f"The data in {place.data} was made by PostgreSQL {made_by}, here is {major_version()}: "
            "dump it with the old version, or throw it away with `make clean`."
        )


def spawn(place: Place, programs: Path, kind: Kind, socket_directory: str) -> subprocess.Popen[bytes]:
    """Starts the server as a child that shuts down when its parent dies."""
    quoted_directory = '"' + socket_directory.replace('"', '""') + '"'
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": quoted_directory,
        "unix_socket_permissions": "0700",
        "port": str(PORT),
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    if not kind.durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with place.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603  our own arguments
            [str(programs / "postgres"), "-D", str(place.data), *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=ENVIRONMENT,
            preexec_fn=signal_when_parent_dies(FAST),
            start_new_session=True,
            **place.account.identity,
        )


def accepts_connections(place: Place, pid: int) -> bool:
    """Whether the server with this process id says so itself."""
    lines = _pid_file_lines(place)
    return len(lines) > STATUS_LINE and lines[0] == str(pid) and lines[STATUS_LINE].strip() == "ready"


def stop_leftover(place: Place) -> None:
    """Stops a server that its supervisor left behind, and removes the traces of one that died."""
    pid = leftover_pid(place)
    if pid is not None:
        stop_process(lambda number: os.kill(pid, number), lambda: leftover_pid(place) is None)
    (place.data / "postmaster.pid").unlink(missing_ok=True)


def leftover_pid(place: Place) -> int | None:
    """Process id of a living server on this data directory; no program that got the number since."""
    lines = _pid_file_lines(place)
    if not lines or not lines[0].isdigit():
        return None
    pid = int(lines[0])
    return pid if str(place.data) in _command_line(pid) else None


def stop_process(send: Callable[[int], None], is_gone: Callable[[], bool]) -> None:
    """Asks kindly, then firmly, then not at all."""
    for number, seconds in ((FAST, PATIENCE), (IMMEDIATE, 5.0), (signal.SIGKILL, 5.0)):
        try:
            send(number)
        except ProcessLookupError:
            return
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if is_gone():
                return
            time.sleep(0.02)


def _pid_file_lines(place: Place) -> list[str]:
    try:
        return (place.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _command_line(pid: int) -> str:
    proc = Path("/proc")
    if (proc / "self").exists():
        try:
            return (proc / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return ""
    answer = subprocess.run(  # noqa: S603  our own arguments
        ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)], check=False, capture_output=True, text=True
    )
    return answer.stdout


def _emptied(directory: Path) -> Path:
    shutil.rmtree(directory, ignore_errors=True)
    return directory


def _write_for_server(place: Place, file: Path, text: str) -> None:
    file.unlink(missing_ok=True)
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(text)
    if place.account.borrowed:
        os.chown(file, place.account.uid, place.account.gid)
