"""Where a cluster lives: its files, and whether its server runs."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from .account import Account, others_may_enter, server_account
from .locks import is_held

REPOSITORY = Path(__file__).resolve().parent.parent.parent
PRIVATE_BASE = Path("/var/lib/teachercover")
"""For root alone: the clusters of clones where the borrowed account may not enter, such as root's home."""


@dataclass(frozen=True, slots=True)
class Place:
    """The files of one cluster."""

    base: Path
    """The folder of all clusters of one clone."""
    name: str
    account: Account

    @property
    def home(self) -> Path:
        return self.base / self.name

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def access(self) -> Path:
        """Passwords and the socket's folder, readable by us alone."""
        return self.home / "access.json"

    @property
    def start_lock(self) -> Path:
        """Held exclusively while a cluster is being started, prepared or stopped on request."""
        return self.home / "start.lock"

    @property
    def lease(self) -> Path:
        """Shared by everybody who uses the server. Once it is free, the server is not needed any more."""
        return self.home / "lease.lock"

    @property
    def guard(self) -> Path:
        """Held by the supervisor for as long as it lives."""
        return self.home / "supervisor.lock"

    @property
    def supervisor_pid(self) -> Path:
        return self.home / "supervisor.pid"

    @property
    def ready(self) -> Path:
        """Exists while the server accepts connections."""
        return self.home / "ready"

    @property
    def keep(self) -> Path:
        """Exists when the server stays although nobody uses it, until it is stopped on request."""
        return self.home / "keep"

    def prepare(self) -> None:
        """Makes the folders that lead to the data directory."""
        self.base.parent.mkdir(parents=True, exist_ok=True)
        for folder in (self.base.parent, self.base, self.home):
            self.account.passage(folder)

    def is_supervised(self) -> bool:
        """Whether a supervisor lives."""
        return self.home.is_dir() and is_held(self.guard)

    def is_serving(self) -> bool:
        """Whether the server accepts connections and a supervisor looks after it."""
        return self.is_supervised() and self.ready.exists()


def place_of(name: str, *, root: Path = REPOSITORY, private_base: Path = PRIVATE_BASE) -> Place:
    """The place of a cluster of the clone at `root`: `.local/postgres` in it, wherever that is possible."""
    account = server_account()
    base = root / ".local" / "postgres"
    if account.borrowed and not others_may_enter(root):
        clone = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]
        base = private_base / clone
    return Place(base, name, account)
