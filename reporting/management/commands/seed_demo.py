"""`seed-demo`: a generated district to try everything on."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.services.demo.cast import ZONE
from reporting.services.demo.seed import seed_demo
from schools.errors import Refused


class Command(BaseCommand):
    """Seeds, or completes, the demo district; the same seed and date give the same data."""

    help = "Make a generated demo district: schools, timetables, substitutes, two weeks of history, absences to come."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--schools", type=int, default=3, help="how many schools of about 60 teachers (default 3)"
        )
        parser.add_argument(
            "--seed", type=int, default=1, help="another number gives another district (default 1)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["schools"] <= 200:
            raise CommandError("--schools takes a number from 1 to 200.")
        today = dt.datetime.now(tz=ZoneInfo(ZONE)).date()
        try:
            seed_demo(
                schools=options["schools"],
                seed=options["seed"],
                today=today,
                is_production=settings.PRODUCTION,
                say=self.stdout.write,
            )
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(self.style.SUCCESS("The demo district is ready."))
