"""`python -m teachercover.embedded run|start|stop|status|discard --cluster demo|test`."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from .cluster import Cluster
from .errors import EmbeddedError
from .kinds import DEMO, KINDS
from .place import REPOSITORY
from .run import exit_code, names_database, run_with_cluster

NOT_RUNNING = 3
"""Exit code of `status`, as service managers have it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carries out one command and gives back the exit code."""
    options = _parser().parse_args(arguments)
    try:
        cluster = Cluster(options.cluster, root=options.root)
        if options.action == "run":
            return _run(cluster, options.command)
        ACTIONS[options.action](cluster)
        return NOT_RUNNING if options.action == "status" and not cluster.is_running else 0
    except EmbeddedError as error:
        _say(str(error), to_error=True)
        return 1
    except KeyboardInterrupt:
        return exit_code(-signal.SIGINT)


def _run(cluster: Cluster, command: list[str]) -> int:
    command = command[1:] if command[:1] == ["--"] else command
    if not command:
        _say("run: no command given", to_error=True)
        return 2
    if names_database(os.environ):
        os.execvp(command[0], command)  # noqa: S606  the caller's own command
    return run_with_cluster(cluster, command)


def _start(cluster: Cluster) -> None:
    cluster.ensure_running(keep=True)
    _status(cluster)
    cluster.release()


def _status(cluster: Cluster) -> None:
    if not cluster.is_running:
        _say(f"The cluster {cluster.kind.name} is not running.")
        return
    _say(f"# The cluster {cluster.kind.name} is running.")
    for name, value in cluster.environment.items():
        _say(f"export {name}='{value}'")


ACTIONS = {"start": _start, "stop": Cluster.stop, "status": _status, "discard": Cluster.discard}


def _say(text: str, *, to_error: bool = False) -> None:
    print(text, file=sys.stderr if to_error else sys.stdout)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m teachercover.embedded", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    meanings = {
        "run": "run a command with the cluster's addresses in its environment",
        "start": "start the cluster and leave it running; print the variables to export",
        "stop": "stop the cluster for everybody",
        "status": "say whether the cluster runs, and the variables to export",
        "discard": "stop the cluster and remove its data",
    }
    for action, meaning in meanings.items():
        sub = actions.add_parser(action, help=meaning, description=meaning)
        sub.add_argument("--cluster", choices=sorted(KINDS), default=DEMO.name)
        sub.add_argument("--root", type=Path, default=REPOSITORY, help="the clone it belongs to (this one)")
        if action == "run":
            sub.add_argument("command", nargs=argparse.REMAINDER, help="the command, after --")
    return parser


if __name__ == "__main__":
    sys.exit(main())
