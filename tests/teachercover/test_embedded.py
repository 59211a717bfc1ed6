"""The embedded server, for real: it serves the right roles, is shared, and never outlives its users."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from teachercover.embedded import Cluster, EmbeddedError
from teachercover.embedded.access import load_access
from teachercover.embedded.account import server_account
from teachercover.embedded.binaries import LIBRARIES, programs
from teachercover.embedded.place import REPOSITORY, place_of
from teachercover.embedded.server import leftover_pid, spawn

LIMIT = 30.0
"""Seconds after which a wait has failed."""
USER = """
import sys, time
from pathlib import Path
from teachercover.embedded import Cluster
cluster = Cluster("test", root=Path(sys.argv[1]))
cluster.ensure_running()
print("up", flush=True)
time.sleep(600)
"""


@contextmanager
def new_clone() -> Iterator[Path]:
    """A folder that stands for a clone and that every account may enter."""
    folder = Path(tempfile.mkdtemp(prefix="clone-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for name in ("demo", "test"):
            Cluster(name, root=folder).discard()
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def clone() -> Iterator[Path]:
    """A clone whose server each test starts and stops as it needs."""
    with new_clone() as folder:
        yield folder


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server that runs all the time, in a clone of its own."""
    with new_clone() as folder, Cluster("test", root=folder) as running:
        yield running


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def start_user(clone: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", USER, str(clone)], cwd=REPOSITORY, stdout=subprocess.PIPE)


def end_by_kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()


def ask(url: str, query: str, *, role: str = "cover_app") -> list[tuple[object, ...]]:
    with psycopg.connect(url, options=f"-c role={role}") as connection:
        return connection.execute(query.encode()).fetchall()


def launcher(clone: Path, *arguments: str) -> list[str]:
    action, *command = arguments
    options = ["--cluster", "test", "--root", str(clone)]
    return [sys.executable, "-m", "teachercover.embedded", action, *options, *command]


def without_database() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}


def test_no_role_has_power(cluster: Cluster) -> None:
    query = """
        SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication, rolcanlogin, rolinherit
        FROM pg_roles WHERE rolname LIKE 'cover%'
    """
    rows = ask(cluster.urls["web"], query)
    assert set(rows) == {
        ("cover_owner", False, False, True),
        ("cover_rw", False, False, True),
        ("cover_app", False, False, True),
        ("cover_district", False, False, True),
        ("cover_system", False, False, True),
        ("cover_web", False, True, False),
        ("cover_worker", False, True, False),
        ("cover_migrate", False, True, False),
        ("cover_test", False, True, False),
    }


@pytest.mark.parametrize(
    ("purpose", "may_act_as"),
    [
        ("web", {"cover_app", "cover_district"}),
        ("worker", {"cover_app", "cover_district", "cover_system"}),
        ("migrate", {"cover_owner", "cover_app"}),
        ("test", {"cover_owner", "cover_app", "cover_district", "cover_system"}),
    ],
)
def test_each_login_may_act_as_its_roles_alone(cluster: Cluster, purpose: str, may_act_as: set[str]) -> None:
    every_role = ["cover_owner", "cover_rw", "cover_app", "cover_district", "cover_system", "postgres"]
    allowed = set()
    with psycopg.connect(cluster.urls[purpose], autocommit=True) as connection:
        for role in every_role:
            try:
                connection.execute(f"SET ROLE {role}".encode())
            except psycopg.errors.InsufficientPrivilege:
                continue
            allowed.add(role)
    assert allowed == may_act_as


def test_web_starts_as_the_powerless_role_and_falls_back_to_it(cluster: Cluster) -> None:
    with psycopg.connect(cluster.urls["web"], autocommit=True) as connection:
        connection.execute("SET ROLE cover_district")
        connection.execute("RESET ROLE")
        assert connection.execute("SELECT current_user").fetchone() == ("cover_app",)


def test_the_owner_owns_the_database(cluster: Cluster) -> None:
    query = "SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()"
    assert ask(cluster.urls["web"], query) == [("cover_owner",)]


def test_nobody_gets_in_without_the_password(cluster: Cluster) -> None:
    login, _, rest = cluster.urls["web"].removeprefix("postgres://").partition("@")
    name = login.partition(":")[0]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(f"postgres://{name}:wrong@{rest}")


def test_it_listens_on_its_socket_alone_and_trusts_nobody(cluster: Cluster) -> None:
    assert ask(cluster.urls["web"], "SHOW listen_addresses") == [("",)]
    rules = (cluster.place.data / "pg_hba.conf").read_text().splitlines()
    methods = {rule.split()[-1] for rule in rules if rule.strip() and not rule.startswith("#")}
    assert methods == {"scram-sha-256"}


def test_passwords_and_data_are_for_their_owner_alone(cluster: Cluster) -> None:
    assert cluster.place.access.stat().st_mode & 0o777 == 0o600
    assert cluster.place.data.stat().st_mode & 0o777 == 0o700
    assert not list(cluster.place.home.glob("*password*"))


def test_the_last_user_stops_the_server(clone: Path) -> None:
    first, second = Cluster("test", root=clone), Cluster("test", root=clone)
    first.ensure_running()
    server = leftover_pid(first.place)
    second.ensure_running()
    assert leftover_pid(second.place) == server

    first.release()
    assert ask(second.urls["test"], "SELECT 1") == [(1,)]

    second.release()
    assert leftover_pid(second.place) is None
    assert not second.place.is_supervised()


def test_a_kept_server_stays_until_it_is_stopped(clone: Path) -> None:
    cluster = Cluster("test", root=clone)
    cluster.ensure_running(keep=True)
    cluster.release()
    assert cluster.is_running

    cluster.stop()
    assert leftover_pid(cluster.place) is None


def test_two_starts_at_once_make_one_server(clone: Path) -> None:
    users = [start_user(clone), start_user(clone)]
    try:
        answers = [user.stdout.readline() for user in users if user.stdout]
        assert answers == [b"up\n", b"up\n"]
    finally:
        for user in users:
            end_by_kill(user)
    wait_until(lambda: not Cluster("test", root=clone).place.is_supervised())


def test_a_killed_user_leaves_no_server(clone: Path) -> None:
    place = place_of("test", root=clone)
    user = start_user(clone)
    assert user.stdout is not None
    assert user.stdout.readline() == b"up\n"
    server = leftover_pid(place)
    assert server is not None

    end_by_kill(user)

    wait_until(lambda: leftover_pid(place) is None and not place.is_supervised())


def test_a_killed_supervisor_and_server_do_not_hinder_the_next_start(clone: Path) -> None:
    cluster = Cluster("test", root=clone)
    cluster.ensure_running()
    server = leftover_pid(cluster.place)
    assert server is not None
    for pid in (server, int(cluster.place.supervisor_pid.read_text())):
        os.kill(pid, signal.SIGKILL)
    cluster.release()
    assert (cluster.place.data / "postmaster.pid").exists()

    with cluster:
        assert ask(cluster.urls["test"], "SELECT 1") == [(1,)]
        assert leftover_pid(cluster.place) != server


def test_a_server_without_supervisor_is_replaced(clone: Path) -> None:
    cluster = Cluster("test", root=clone)
    with cluster:
        socket_directory = load_access(cluster.place).socket_directory
    bin_directory = programs(cluster.place.base, cluster.place.account)
    leftover = spawn(cluster.place, bin_directory, cluster.kind, socket_directory)
    wait_until(lambda: leftover_pid(cluster.place) == leftover.pid)

    with cluster:
        assert leftover_pid(cluster.place) not in (None, leftover.pid)
        assert leftover.wait(LIMIT) is not None


def test_a_pid_file_that_names_another_program_is_no_server(clone: Path) -> None:
    cluster = Cluster("test", root=clone)
    with cluster:
        pass
    (cluster.place.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.place.data}\n")
    assert leftover_pid(cluster.place) is None
    with cluster:
        assert ask(cluster.urls["test"], "SELECT 1") == [(1,)]


def test_tests_make_data_of_another_version_anew(clone: Path) -> None:
    with Cluster("test", root=clone) as cluster:
        version = cluster.place.data / "PG_VERSION"
        made_by = version.read_text()
    version.write_text("11\n")
    with cluster:
        assert version.read_text() == made_by


def test_the_demo_refuses_data_of_another_version_and_keeps_it(clone: Path) -> None:
    cluster = Cluster("demo", root=clone)
    cluster.place.prepare()
    cluster.place.data.mkdir()
    version = cluster.place.data / "PG_VERSION"
    version.write_text("11\n")
    with pytest.raises(EmbeddedError, match="made by PostgreSQL 11"):
        cluster.ensure_running()
    assert version.read_text() == "11\n"


def test_a_clone_where_nobody_may_enter_keeps_its_modes(clone: Path) -> None:
    closed = clone / "closed"
    closed.mkdir(mode=0o700)
    private_base = clone / "private"
    cluster = Cluster("test", root=closed, private_base=private_base)
    try:
        with cluster:
            assert ask(cluster.urls["test"], "SELECT 1") == [(1,)]
        assert closed.stat().st_mode & 0o777 == 0o700
        assert cluster.place.base.is_relative_to(private_base if os.geteuid() == 0 else closed)
    finally:
        cluster.discard()


def test_programs_in_a_closed_folder_are_copied_for_a_borrowed_account(clone: Path) -> None:
    installed = programs(clone, server_account()).parent.parent
    closed = clone / "closed-packages"
    closed.mkdir(mode=0o700)
    for folder in (installed, installed.with_name(LIBRARIES)):
        shutil.copytree(folder, closed / folder.name)
    root = clone / "with-closed-packages"
    root.mkdir()
    done = subprocess.run(
        launcher(root, "run", "--", "true"),
        check=False,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env={**without_database(), "PYTHONPATH": str(closed)},
    )
    assert done.returncode == 0, done.stderr
    copies = list((root / ".local" / "postgres").glob("programs-*"))
    assert len(copies) == (1 if os.geteuid() == 0 else 0)
    Cluster("test", root=root).discard()


def test_a_long_path_gets_a_short_socket(clone: Path) -> None:
    root = clone / ("a long name with spaces " * 5).strip()
    root.mkdir()
    cluster = Cluster("test", root=root)
    with cluster:
        assert ask(cluster.urls["test"], "SELECT 1") == [(1,)]
    cluster.discard()
    assert not cluster.place.home.exists()


def test_run_gives_the_command_its_database_and_returns_its_exit_code(clone: Path) -> None:
    program = "import os, sys; print(os.environ['DATABASE_URL']); sys.exit(7)"
    done = subprocess.run(
        launcher(clone, "run", "--", sys.executable, "-c", program),
        check=False,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env=without_database(),
    )
    assert done.returncode == 7
    assert done.stdout.strip() == Cluster("test", root=clone).urls["test"]
    assert not Cluster("test", root=clone).is_running


def test_run_leaves_a_given_database_alone(clone: Path) -> None:
    done = subprocess.run(
        launcher(clone, "run", "--", "sh", "-c", "echo $DATABASE_URL"),
        check=True,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env={**without_database(), "DATABASE_URL": "postgres://somebody@elsewhere/db"},
    )
    assert done.stdout == "postgres://somebody@elsewhere/db\n"


def test_run_passes_signals_on(clone: Path) -> None:
    runner = subprocess.Popen(
        launcher(clone, "run", "--", "sh", "-c", "trap 'exit 9' TERM; echo up; while :; do sleep 0.1; done"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        cwd=REPOSITORY,
        env=without_database(),
    )
    assert runner.stdout is not None
    assert runner.stdout.readline() == b"up\n"
    runner.send_signal(signal.SIGTERM)
    assert runner.wait(LIMIT) == 9
    runner.communicate()


def test_a_cluster_that_never_ran_has_no_addresses(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedError, match="never been started"):
        _ = Cluster("test", root=tmp_path).urls


def test_status_tells_whether_it_runs(clone: Path) -> None:
    def status() -> int:
        return subprocess.run(
            launcher(clone, "status"), check=False, capture_output=True, cwd=REPOSITORY
        ).returncode

    assert status() == 3
    with Cluster("test", root=clone):
        assert status() == 0
