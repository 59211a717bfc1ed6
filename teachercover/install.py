"""`python -m teachercover.install base|dev`: a virtual environment in `.venv` with the locked requirements.

Runs on the bare Python that the machine has. Does nothing when the lock file has not changed since the last time.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from teachercover.embedded.locks import exclusively

REPOSITORY = Path(__file__).resolve().parent.parent
ENVIRONMENT = REPOSITORY / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
OLDEST = (3, 11)
INCLUDES = {"base": ("base",), "dev": ("base", "dev")}
"""Which lists an installation of a list satisfies."""


def main(wanted: str) -> int:
    """Installs one list of requirements. Gives back the exit code."""
    if sys.version_info < OLDEST:
        sys.stderr.write(f"teachercover needs Python {'.'.join(map(str, OLDEST))} or newer.\n")
        return 1
    local = REPOSITORY / ".local"
    local.mkdir(exist_ok=True)
    with exclusively(local / "install.lock"):
        if is_installed(wanted):
            return 0
        try:
            install(wanted)
        except subprocess.CalledProcessError as failure:
            sys.stderr.write(f"install: `{' '.join(map(str, failure.cmd))}` failed; its words are above.\n")
            return 1
    return 0


def is_installed(wanted: str) -> bool:
    """Whether this very list is installed already."""
    stamp = _stamp(wanted)
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == _digest(wanted)


def install(wanted: str) -> None:
    """Makes the environment where it is missing or broken, and lets pip check every hash."""
    sys.stdout.write(f"Installing requirements/{wanted}.txt into .venv; this is needed once.\n")
    sys.stdout.flush()
    if not _has_pip():
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)  # noqa: S603  our own arguments
    lock = REPOSITORY / "requirements" / f"{wanted}.txt"
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--requirement", str(lock)]
    subprocess.run([PYTHON, "-m", "pip", "install", *options], check=True)  # noqa: S603  our own arguments
    for included in INCLUDES[wanted]:
        _stamp(included).write_text(_digest(included))


def _has_pip() -> bool:
    if not PYTHON.exists():
        return False
    probe = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([PYTHON, "-c", probe], check=False, capture_output=True).returncode == 0  # noqa: S603  ours


def _stamp(name: str) -> Path:
    return ENVIRONMENT / f"{name}.installed"


def _digest(name: str) -> str:
    return hashlib.sha256((REPOSITORY / "requirements" / f"{name}.txt").read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
