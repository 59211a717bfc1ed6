"""One embedded cluster, as its users see it."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from . import server, supervisor
from .access import PORT, SUPERUSER, Access, forget_access, load_access, save_access
from .binaries import programs
from .errors import EmbeddedError
from .kinds import KINDS
from .locks import FileLock, exclusively
from .place import PRIVATE_BASE, REPOSITORY, place_of

LOG_TAIL = 15
"""Lines of the server's log that a failure shows."""


class Cluster:
    """An embedded PostgreSQL server that belongs to one clone; `name` is `demo` or `test`.

    `ensure_running` starts it or joins the one that runs; `release` leaves it; the last to leave stops it.
    Whoever dies without a word has left too.
    """

    def __init__(self, name: str, *, root: Path = REPOSITORY, private_base: Path = PRIVATE_BASE) -> None:
        self.kind = KINDS[name]
        self.place = place_of(name, root=root, private_base=private_base)
        self._origin = (name, str(root), str(private_base))
        self._lease = FileLock(self.place.lease)

    def __enter__(self) -> Self:
        self.ensure_running()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    @property
    def urls(self) -> dict[str, str]:
        """Connection URL by purpose: `web`, `worker`, `migrate`, in the tests' cluster also `test`."""
        access = self._known_access()
        return {purpose: access.url(login.name) for purpose, login in self.kind.logins_by_purpose().items()}

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that make the settings use this cluster."""
        access = self._known_access()
        return {
            "DATABASE_URL": access.url(self.kind.web.name),
            "WORKER_DATABASE_URL": access.url(self.kind.worker.name),
            "MIGRATE_DATABASE_URL": access.url(self.kind.migrate.name),
        }

    @property
    def is_running(self) -> bool:
        """Whether the server accepts connections."""
        return self.place.is_serving()

    def ensure_running(self, *, keep: bool = False) -> None:
        """Makes data directory, server, roles and database where they are missing, and holds the server.

        With `keep` it stays after its last user has left, until `stop`.
        Raises EmbeddedError when it can't serve.
        """
        self.place.prepare()
        with exclusively(self.place.start_lock):
            self._lease.share()
            try:
                if not self.place.is_serving():
                    self._start()
                self._prepare()
                if keep:
                    self.place.keep.touch()
            except BaseException:
                self._lease.release()
                raise

    def release(self) -> None:
        """Leaves the server. Returns when it has stopped, if this was its last user and it is not kept."""
        self._lease.release()
        if self.place.keep.exists():
            return
        if self._lease.try_seize():
            # Holding the lease alone keeps newcomers waiting until the server is really gone.
            self._end_supervisor()
        else:
            # Others use the server; or one of them is stopping it just now, and this waits for that.
            self._lease.share()
        self._lease.release()

    def stop(self) -> None:
        """Stops the server for everybody. Does nothing when it does not run."""
        if not self.place.home.is_dir():
            return
        with exclusively(self.place.start_lock):
            self.place.keep.unlink(missing_ok=True)
            self._end_supervisor()
            server.stop_leftover(self.place)
        self._lease.release()

    def discard(self) -> None:
        """Stops the server and removes everything it has stored."""
        self.stop()
        if self.place.home.is_dir():
            forget_access(self.place)
            shutil.rmtree(self.place.home)
            if not any((self.place.base / name).exists() for name in KINDS):
                shutil.rmtree(self.place.base)

    def _known_access(self) -> Access:
        if not self.place.access.exists():
            raise EmbeddedError(f"The cluster {self.kind.name} has never been started.")
        return load_access(self.place)

    def _start(self) -> None:
        try:
            self._make_data_directory()
            self._spawn_supervisor()
        except EmbeddedError:
            if self.kind.durable or not self.place.data.is_dir():
                raise
            # Without fsync a crash of the machine may have broken the data, and nobody needs it.
            shutil.rmtree(self.place.data)
            self._make_data_directory()
            self._spawn_supervisor()

    def _make_data_directory(self) -> None:
        if self.place.data.is_dir():
            server.refuse_other_version(self.place)
            return
        forget_access(self.place)
        access = load_access(self.place)
        bin_directory = programs(self.place.base, self.place.account)
        access.password(SUPERUSER)
        save_access(self.place, access)
        server.make_data_directory(self.place, bin_directory, access, durable=self.kind.durable)

    def _spawn_supervisor(self) -> None:
        self._end_supervisor()
        for trace in (self.place.ready, self.place.supervisor_pid):
            trace.unlink(missing_ok=True)
        save_access(self.place, load_access(self.place))
        with self.place.log.open("wb") as log:
            # Ends at once: the supervisor lives on in a process of its own, which is nobody's child.
            subprocess.run(  # noqa: S603  our own arguments
                [sys.executable, "-m", supervisor.__name__, *self._origin],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=REPOSITORY,
                start_new_session=True,
            )
        while not self.place.ready.exists():
            if not self.place.is_supervised():
                raise EmbeddedError(f"The embedded PostgreSQL did not start:\n{self._end_of_log()}")
            time.sleep(0.02)

    def _prepare(self) -> None:
        access = load_access(self.place)
        passwords = {login.name: access.password(login.name) for login in self.kind.logins}
        sql = self.kind.preparation_sql(passwords)
        digest = hashlib.sha256(sql.encode()).hexdigest()
        if access.prepared != digest:
            save_access(self.place, access)
            self._run_as_superuser(sql, access)
            access.prepared = digest
            save_access(self.place, access)

    def _run_as_superuser(self, sql: str, access: Access) -> None:
        command = [
            str(programs(self.place.base, self.place.account) / "psql"),
            *("--no-psqlrc", "--quiet", "--tuples-only", "--set=ON_ERROR_STOP=1"),
            *(f"--host={access.socket_directory}", f"--port={PORT}"),
            *(f"--username={SUPERUSER}", "--dbname=postgres"),
        ]
        environment = {**server.ENVIRONMENT, "PGPASSWORD": access.password(SUPERUSER)}
        done = subprocess.run(  # noqa: S603  our own arguments
            command, input=sql, check=False, capture_output=True, text=True, env=environment
        )
        if done.returncode:
            raise EmbeddedError(f"The roles could not be created: {done.stderr.strip()}")

    def _end_supervisor(self) -> None:
        while self.place.is_supervised():
            # It may have taken the guard and not yet written its number, or be just leaving: then ask again.
            with suppress(FileNotFoundError, ValueError, ProcessLookupError):
                os.kill(int(self.place.supervisor_pid.read_text()), signal.SIGTERM)
            time.sleep(0.02)

    def _end_of_log(self) -> str:
        lines = self.place.log.read_text(errors="replace").splitlines()
        return "\n".join(lines[-LOG_TAIL:])
