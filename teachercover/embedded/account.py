"""The account that runs the server: PostgreSQL refuses root, so root lends it an unprivileged one."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from .errors import EmbeddedError

BORROWED_ACCOUNT = "nobody"


class ProcessIdentity(TypedDict, total=False):
    """The arguments of `subprocess.Popen` that change who a process is."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server. `borrowed`: somebody else than us, because we are root."""

    uid: int
    gid: int
    borrowed: bool

    @property
    def identity(self) -> ProcessIdentity:
        """What to hand to `subprocess.Popen` so that the process runs under this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.borrowed else {}

    def own_directory(self, path: Path) -> Path:
        """A directory that only this account may enter, made where it is missing."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
        if self.borrowed:
            os.chown(path, self.uid, self.gid)
        return path

    def passage(self, path: Path) -> Path:
        """A directory of ours that this account may walk through but not list, made where it is missing."""
        path.mkdir(exist_ok=True)
        path.chmod(0o711 if self.borrowed else 0o700)
        return path


def server_account() -> Account:
    """The account for the server. Raises EmbeddedError for root without an unprivileged account."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), borrowed=False)
    try:
        entry = pwd.getpwnam(BORROWED_ACCOUNT)
    except KeyError as missing:
        raise EmbeddedError(
            f"PostgreSQL does not run as root and this machine has no account {BORROWED_ACCOUNT!r}: "
            "use an ordinary account, or set DATABASE_URL."
        ) from missing
    return Account(entry.pw_uid, entry.pw_gid, borrowed=True)


def others_may_enter(directory: Path) -> bool:
    """Whether an account that owns nothing may walk into this directory from the root of the file system."""
    path = directory.resolve()
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


def others_may_read(file: Path) -> bool:
    """Whether an account that owns nothing may read this file."""
    return bool(file.stat().st_mode & stat.S_IROTH) and others_may_enter(file.parent)
