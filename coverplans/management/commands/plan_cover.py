"""`plan-cover --date D (--school SLUG | --district SLUG)`: plan a day, and publish it where asked."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from coverplans.management.across import schools_of_district
from coverplans.management.arguments import day
from coverplans.management.planning import Outcome, plan_school, sentence
from schools.management.schools import school_named


class Command(BaseCommand):
    """Each school is planned in its own door. A closed school of a district is passed over; any other failure makes the exit
    code 1, after the rest was planned."""

    help = (
        "Plan the cover of a school's day, or of every school of a district, as a draft. Prints per school how many "
        "lessons need cover, how many a person covers, how many end in a measure (self-study, merge, cancelled), how "
        "many nobody takes, and whether that is proven best."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--date", type=day, required=True, metavar="D", help="2026-11-23, today, or tomorrow"
        )
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--school", metavar="SLUG", help="one school")
        where.add_argument("--district", metavar="SLUG", help="every school of a district")
        parser.add_argument("--publish", action="store_true", help="publish the plan and tell the people")
        parser.add_argument("--json", action="store_true", help="print a list with one object per school")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        slug: str | None = options["school"]
        schools = [school_named(slug)] if slug else schools_of_district(options["district"])
        outcomes = []
        for school in schools:
            date = options["date"].at(school, now)
            outcome = plan_school(school=school, date=date, publish=options["publish"], now=now)
            outcomes.append(outcome)
            if not options["json"]:
                self.stdout.write(sentence(outcome))
        if options["json"]:
            self.stdout.write(json.dumps([asdict(outcome) for outcome in outcomes], default=str, indent=1))
        self._fail(outcomes, one_school=slug is not None)

    def _fail(self, outcomes: list[Outcome], *, one_school: bool) -> None:
        """A closed day of the one school that was named is a failure too: nothing could be planned."""
        unwanted = ("failed", "closed") if one_school else ("failed",)
        failed = [outcome for outcome in outcomes if outcome.state in unwanted]
        if failed and one_school:
            raise CommandError(failed[0].problem)
        if failed:
            names = ", ".join(outcome.school for outcome in failed)
            raise CommandError(f"{len(failed)} of {len(outcomes)} schools could not be planned: {names}.")
