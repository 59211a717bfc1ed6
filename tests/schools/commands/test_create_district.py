"""`create-district` makes a district that can be worked in."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from absences.models import AbsenceReason
from schools.models import District, Membership, User
from schools.outbox.deliver import deliver_due
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope


def create(slug: str = "west", zone: str = "Europe/Madrid", admin: str = "Office@West.example") -> None:
    call_command("create_district", slug, "West", timezone=zone, admin=admin)


@pytest.mark.django_db
def test_it_makes_a_district_with_reasons_and_an_administrator() -> None:
    create()
    with tenant(Scope.system()):
        district = District.objects.get(slug="west")
        assert not district.is_demo
        assert list(AbsenceReason.objects.filter(district=district).values_list("code", flat=True)) == [
            "sick",
            "training",
            "personal",
            "other",
        ]
        assert Membership.objects.get(user__email="office@west.example").role == "district_admin"


@pytest.mark.django_db(transaction=True)
def test_the_administrator_gets_a_link_to_choose_a_password() -> None:
    create()
    assert deliver_due().sent == 1
    (letter,) = mail.outbox
    assert letter.to == ["office@west.example"]
    assert not User.objects.get(email="office@west.example").has_usable_password()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"slug": "we st"}, "letters, digits and hyphens"),
        ({"zone": "Mars/Olympus"}, "not a time zone"),
        ({"admin": "nobody"}, "not an e-mail address"),
    ],
)
def test_it_refuses_what_cannot_be_and_makes_nothing(wrong: dict[str, str], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        create(**wrong)
    with tenant(Scope.system()):
        assert not District.objects.exists()


@pytest.mark.django_db
def test_a_taken_name_is_refused() -> None:
    create()
    with pytest.raises(CommandError, match="already"):
        create(admin="other@west.example")
