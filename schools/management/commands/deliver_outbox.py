"""`deliver-outbox`: send what waits, once or for as long as the process lives."""

import json
import signal
from argparse import ArgumentParser
from dataclasses import asdict
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.utils import timezone

from schools.outbox.deliver import Tally, deliver_due
from schools.outbox.duties import perform_duties


class Command(BaseCommand):
    help = "Deliver waiting notices and perform the duties that are due (expire offers, continue calendars)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--watch", action="store_true", help="go on until told to stop (SIGTERM, Ctrl-C)")
        parser.add_argument(
            "--every", type=float, default=2.0, metavar="SECONDS", help="pause between rounds with --watch"
        )
        parser.add_argument("--limit", type=int, metavar="N", help="deliver at most N messages per round")
        parser.add_argument(
            "--json", action="store_true", help="one line of JSON per round that did something"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["watch"]:
            self._watch(options)
            return
        tally, failed_duties = self._round(options)
        self._say(tally, options)
        if tally.failed or failed_duties:
            raise CommandError(
                f"{tally.failed} messages and {len(failed_duties)} duties failed; they are tried again."
            )

    def _watch(self, options: dict[str, Any]) -> None:
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            try:
                tally, _ = self._round(options)
            except OperationalError as error:
                self.stderr.write(f"The database cannot be reached, waiting: {error}")
                connection.close()
            else:
                if tally != Tally():
                    self._say(tally, options)
            stop.wait(options["every"])

    def _round(self, options: dict[str, Any]) -> tuple[Tally, list[str]]:
        failed = perform_duties(timezone.now())
        return deliver_due(limit=options["limit"]), failed

    def _say(self, tally: Tally, options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(asdict(tally)))
        else:
            self.stdout.write(f"sent {tally.sent}, to be tried again {tally.retried}, given up {tally.dead}")
        self.stdout.flush()
