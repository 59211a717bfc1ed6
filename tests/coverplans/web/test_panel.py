"""The panel of one lesson: who could take it, who could not, and why it is as it is."""

import re

from django.test import Client

from absences.models import Absence
from schools.models import Setting
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope
from staffing.models import Person
from tests.coverplans.services.days import out
from tests.world import World

from .addresses import cell_url, day_url, need_of, shown


def candidates(page: str) -> list[str]:
    return re.findall(r'class="candidate">\s*<h4>([^<]+)</h4>', page)


def test_candidates_come_in_order_with_two_facts_and_a_phone_number(world: World, manager: Client) -> None:
    with tenant(Scope.system()):
        Person.objects.filter(name="Eve Oak").update(phone="0170 55")
    out(world.oak, "Ada")
    page = shown(manager, cell_url(need_of(world.oak, 2)))
    assert candidates(page)[0] == "Eve Oak"
    assert set(candidates(page)) == {"Eve Oak", "Ben Oak", "Cleo Oak", "Dan Oak", "Sue Pool north"}
    assert 'href="tel:017055"' in page
    assert "0 covers this term" in page


def test_who_cannot_is_listed_under_the_rule_that_says_so(world: World, manager: Client) -> None:
    out(world.oak, "Ada", "Cleo")
    page = shown(manager, cell_url(need_of(world.oak, 1)))
    assert re.search(r"<b>Busy at this time:</b> Ben Oak \(teaches 8b", page)
    assert re.search(r"<b>Away:</b> [^<]*Cleo Oak", page)


def test_the_planner_says_why_in_one_sentence(world: World, manager: Client) -> None:
    out(world.oak, "Ada")
    manager.post(day_url("board-plan"))
    page = shown(manager, cell_url(need_of(world.oak, 1)))
    why = re.search(r'class="why[^>]*>.*?</p>\s*<p>([^<]+)</p>', page, re.DOTALL)
    assert why is not None
    assert re.match(r"(Eve|Dan|Cleo) Oak: ", why[1])


def test_the_work_for_the_class_is_read_by_who_may_read_absences(
    world: World, manager: Client, viewer: Client
) -> None:
    (absence,) = out(world.oak, "Ada")
    url = cell_url(need_of(world.oak, 1))
    assert "Nothing has been left yet." in shown(manager, url)
    with tenant(world.oak.scope):
        Absence.objects.filter(pk=absence.pk).update(note_for_cover="Page 12\nonly in pencil")
    assert "Page 12<br>only in pencil" in shown(manager, url)
    assert "Page 12" not in shown(viewer, url)
    assert "Ready." in shown(viewer, url)


def test_a_colleague_at_the_limit_can_be_asked_all_the_same(world: World, manager: Client) -> None:
    with tenant(Scope.system()):
        Setting.objects.create(
            district=world.north.district, school=world.oak.school, key="caps.covers_a_day", value=0
        )
    out(world.oak, "Ada")
    page = shown(manager, cell_url(need_of(world.oak, 2)))
    asked = re.findall(r"<option value=\"[^\"]+\">(\w+ Oak) \(", page)
    assert asked == ["Ben Oak", "Cleo Oak", "Dan Oak"]
    assert "<b>Daily limit: 0 of 0 covers used:</b> Ben Oak, Cleo Oak, Dan Oak" in page
