"""`explain-cover NEED`: why this person, who came next, who cannot; `--person`: what it would mean if they took it."""

import json
import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coverplans.management.across import scope_of_need
from coverplans.management.arguments import outside_id
from coverplans.management.explaining import explanation_data, explanation_lines, why_not_lines
from coverplans.models import CoverNeed
from coverplans.selectors.explanation import explain_need, planned_with, why_not_person
from schools.access.find import NotFound, named
from schools.errors import Refused
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from staffing.models import Person


class Command(BaseCommand):
    """Reads only. With a person, the stored day is solved once more, with this lesson given to them."""

    help = (
        "Explain how one lesson ended: who takes it and why, the five best alternatives, and who cannot take it for "
        "which reason. NEED is the id of a cover need, as GET /api/v1/cover-needs/ and the board's address show it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("need", metavar="NEED", type=outside_id, help="the id of a cover need")
        parser.add_argument(
            "--person", type=outside_id, metavar="ID", help="why not this person? an exact answer"
        )
        parser.add_argument("--json", action="store_true", help="print the explanation as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        scope = scope_of_need(options["need"])
        try:
            if options["person"] is None:
                self._explain(scope, options["need"], as_json=options["json"])
            else:
                self._why_not(scope, options["need"], options["person"], as_json=options["json"])
        except Refused as refused:
            raise CommandError(refused.message) from refused

    def _explain(self, scope: Scope, need_id: uuid.UUID, *, as_json: bool) -> None:
        with tenant(scope):
            need = CoverNeed.objects.select_related("school").get(uuid=need_id)
            found = explain_need(need)
            if as_json:
                self._print(explanation_data(found))
            else:
                self.stdout.write("\n".join(explanation_lines(found, need.school.zone)))

    def _why_not(self, scope: Scope, need_id: uuid.UUID, person_id: uuid.UUID, *, as_json: bool) -> None:
        with tenant(scope):
            need = CoverNeed.objects.get(uuid=need_id)
            person = _person(person_id)
            found = planned_with(need)
        answer = why_not_person(found, need, person)
        if as_json:
            self._print({"need": str(need_id), "person": str(person_id), **answer.to_dict()})
        else:
            self.stdout.write("\n".join(why_not_lines(person.name, answer)))

    def _print(self, value: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=1))


def _person(person_id: uuid.UUID) -> Person:
    try:
        return named(Person, person_id)
    except NotFound as missing:
        raise CommandError(
            f"Nobody with the id {person_id} works at this school or is in the district's pool."
        ) from missing
