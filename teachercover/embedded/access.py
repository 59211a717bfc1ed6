"""How to sign in to a cluster: generated passwords and the socket, kept in a file that only we may read."""

import json
import os
import secrets
import shutil
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import quote

from schools.tenancy.roles import DATABASE

from .place import Place

PORT = 5432
"""Part of the socket's name; nothing listens on the network."""
SUPERUSER = "postgres"
LONGEST_SOCKET_DIRECTORY = 80
"""Bytes. A socket's whole path has at most 103 on the strictest system, and PostgreSQL adds a file name."""


@dataclass(slots=True)
class Access:
    """What this clone knows about signing in to one cluster."""

    socket_directory: str
    passwords: dict[str, str] = field(default_factory=dict)
    prepared: str = ""
    """Digest of the preparation that the server has seen last."""

    def password(self, login: str) -> str:
        """The password of a login, made at its first use."""
        return self.passwords.setdefault(login, secrets.token_urlsafe(24))

    def url(self, login: str, database: str = DATABASE) -> str:
        """A connection URL as psql, psycopg and django-environ understand it."""
        host = quote(self.socket_directory, safe="/")
        return f"postgres://{login}:{self.password(login)}@:{PORT}/{database}?host={host}"


def load_access(place: Place) -> Access:
    """The stored access of a cluster, or a new one. The folder of the socket exists afterwards."""
    try:
        access = Access(**json.loads(place.access.read_text()))
    except FileNotFoundError:
        access = Access(socket_directory="")
    if not Path(access.socket_directory or "/nowhere").is_dir():
        access.socket_directory = str(_socket_directory(place))
    return access


def save_access(place: Place, access: Access) -> None:
    """Stores the access for the next start, in one step."""
    new = place.access.with_suffix(".new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(access), file, indent=1)
    new.rename(place.access)


def forget_access(place: Place) -> None:
    """Removes the stored access and a socket folder that lies outside the cluster's own."""
    if place.access.exists():
        directory = Path(load_access(place).socket_directory)
        if not directory.is_relative_to(place.home):
            shutil.rmtree(directory, ignore_errors=True)
    place.access.unlink(missing_ok=True)


def _socket_directory(place: Place) -> Path:
    """A folder that the server's account may write to, with a path short enough for a socket."""
    directory = place.home / "socket"
    if len(os.fsencode(directory)) > LONGEST_SOCKET_DIRECTORY:
        directory = Path(tempfile.mkdtemp(prefix="teachercover-"))
    return place.account.own_directory(directory)
