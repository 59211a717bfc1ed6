"""`create-district`: the first step of a new installation, from which everything else is done in the office."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from schools.errors import Refused
from schools.models.membership import Role
from schools.services.districts import create_district
from schools.services.memberships import grant_membership
from schools.services.users import create_user
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope


class Command(BaseCommand):
    help = "Make a district and its first administrator, who gets a mail with a link to choose a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="short name: letters, digits, hyphens; never changed")
        parser.add_argument("name", help="name as people write it")
        parser.add_argument("--timezone", required=True, help="IANA name, for example Europe/Madrid")
        parser.add_argument(
            "--admin", required=True, metavar="EMAIL", help="address of the first administrator"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with tenant(Scope.system()):
                district = create_district(
                    slug=options["slug"], name=options["name"], timezone=options["timezone"]
                )
                user = create_user(email=options["admin"], district=district, actor=None)
                grant_membership(
                    user=user,
                    role=Role.DISTRICT_ADMIN,
                    school=None,
                    starts_on=timezone.localdate(),
                    actor=None,
                )
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(self.style.SUCCESS(f"{district.name} is there."))
        self.stdout.write(
            f"A mail with a link to choose a password goes to {user.email} (deliver-outbox sends it)."
        )
