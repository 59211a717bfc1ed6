"""Advisory file locks. The kernel frees them when their holder dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FileLock:
    """One lock on one file, shared or exclusive, held by this process until `release`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor is not None

    def share(self) -> None:
        """Waits for the shared lock: any number of holders at a time, but no exclusive one."""
        self._take(fcntl.LOCK_SH)

    def seize(self) -> None:
        """Waits for the exclusive lock."""
        self._take(fcntl.LOCK_EX)

    def try_seize(self) -> bool:
        """Takes the exclusive lock if nobody holds the lock in any way; says whether it did."""
        try:
            self._take(fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Gives the lock back; does nothing when it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _take(self, operation: int) -> None:
        self.release()
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, operation)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor


@contextmanager
def exclusively(path: Path) -> Iterator[None]:
    """Runs the block while no other process runs one with the same file."""
    lock = FileLock(path)
    lock.seize()
    try:
        yield
    finally:
        lock.release()


def is_held(path: Path) -> bool:
    """Whether some process holds the lock on this file."""
    lock = FileLock(path)
    free = lock.try_seize()
    lock.release()
    return not free
