"""The upload page: files, what would change or what is wrong, yes, the report. Without a script."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from schools.models import AuditEntry, User
from schools.tenancy.door import tenant
from staffing.models import Person, Timetable
from staffing.selectors.day import lessons_on
from staffing.web import forms
from tests.staffing.importers.sources import FILES, LESSON_HEADER
from tests.world import MONDAY, World

SignIn = Callable[[User], Client]
OAK = "/schools/oak/timetable/"


@pytest.fixture
def manager(world: World, signed_in: SignIn) -> Client:
    return signed_in(world.oak.users["cover_manager"])


def files(**changes: str) -> list[SimpleUploadedFile]:
    """The tiny timetable's files; `lessons` and others by their stem may be changed."""
    texts = FILES | {f"{stem}.csv": text for stem, text in changes.items()}
    return [SimpleUploadedFile(name, text.encode()) for name, text in texts.items()]


def zipped(contents: Mapping[str, str] = FILES) -> SimpleUploadedFile:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in contents.items():
            archive.writestr(f"timetable/{name}", text)
    return SimpleUploadedFile("timetable.zip", stream.getvalue())


def send(client: Client, sent: Any, url: str = OAK, **fields: str) -> HttpResponse:
    answer: Any = client.post(url, {"timetable_files": sent, "effective_from": MONDAY.isoformat(), **fields})
    found: HttpResponse = answer
    return found


def token_in(answer: HttpResponse) -> str:
    found = re.search(r'name="token" value="([^"]+)"', answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


def timetables(world: World) -> int:
    with tenant(world.oak.scope):
        return Timetable.objects.count()


def test_the_page_says_what_is_in_use(manager: Client) -> None:
    page = manager.get(OAK).content.decode()
    assert "Since 1 September 2026: 45 lessons, 4 teachers" in page
    assert 'enctype="multipart/form-data"' in page


@pytest.mark.parametrize("sent", [files, zipped])
def test_first_it_says_what_would_change_and_writes_nothing(
    world: World, manager: Client, sent: Callable[[], Any]
) -> None:
    answer = send(manager, sent())
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<b>44</b>lessons gone" in page
    assert "Folake Adeyemi" in page
    assert "Monday, Tuesday" in page
    assert timetables(world) == 1


def test_on_yes_it_is_loaded_and_reported(world: World, manager: Client) -> None:
    rows = (
        "1,all,1,1,ADE,7a,Maths,R1,lesson\n2,all,1,1,ADE,7b,Art,R2,lesson\n3,all,1,2,,7b,Chess,,unstaffed\n"
    )
    token = token_in(send(manager, files(lessons=LESSON_HEADER + rows)))
    answer: Any = manager.post(OAK, {"confirm": "1", "token": token}, follow=True)
    page = answer.content.decode()
    assert "The new timetable holds from 23 November 2026." in page
    assert "placed twice on Monday" in page
    assert "Monday, Second (08:45–09:30): Chess 7b" in page
    with tenant(world.oak.scope):
        assert [lesson.subject for lesson in lessons_on(world.oak.school, MONDAY)] == [
            "Maths",
            "Art",
            "Chess",
        ]
        entry = AuditEntry.objects.get(action="timetable.import")
        assert entry.actor == world.oak.users["cover_manager"]
        assert Timetable.objects.latest("pk").imported_by == entry.actor


def test_every_bad_row_is_listed_and_nothing_written(world: World, manager: Client) -> None:
    rows = "1,all,9,1,ADE,7a,Maths,R1,lesson\n2,all,1,1,,7a,Maths,R1,lesson\n"
    answer = send(manager, files(lessons=LESSON_HEADER + rows))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 rows can't be read" in page
    assert re.search(r"lessons\.csv</th><td class=\"end\">2</td><td>day: ", page)
    assert re.search(r"lessons\.csv</th><td class=\"end\">3</td><td>teacher: ", page)
    assert timetables(world) == 1
    with tenant(world.north.scope):
        assert not Person.objects.filter(name="Folake Adeyemi").exists()


def test_a_second_yes_loads_nothing_more(world: World, manager: Client) -> None:
    confirmation = {"confirm": "1", "token": token_in(send(manager, files()))}
    manager.post(OAK, confirmation)
    again: Any = manager.post(OAK, confirmation, follow=True)
    assert "no longer here" in again.content.decode()
    assert timetables(world) == 2


def test_a_token_is_good_for_its_user_and_its_school_only(
    world: World, manager: Client, signed_in: SignIn
) -> None:
    confirmation = {"confirm": "1", "token": token_in(send(manager, files()))}
    office = signed_in(world.north.users["admin"])
    office.post(OAK, confirmation)
    office.post("/schools/elm/timetable/", confirmation)
    assert timetables(world) == 1
    with tenant(world.elm.scope):
        assert Timetable.objects.count() == 1
    manager.post(OAK, confirmation)
    assert timetables(world) == 2


def test_a_newer_upload_replaces_the_one_before(world: World, manager: Client) -> None:
    old, new = token_in(send(manager, files())), token_in(send(manager, zipped()))
    manager.post(OAK, {"confirm": "1", "token": old})
    assert timetables(world) == 1
    manager.post(OAK, {"confirm": "1", "token": new})
    assert timetables(world) == 2


def test_other_days_than_the_weekdays_in_order(world: World, manager: Client) -> None:
    page = send(manager, files(), days="tue,wed").content.decode()
    assert "Days: Tuesday, Wednesday." in page
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    manager.post(OAK, {"confirm": "1", "token": token[1]})
    with tenant(world.oak.scope):
        assert lessons_on(world.oak.school, MONDAY) == []
        assert len(lessons_on(world.oak.school, MONDAY + dt.timedelta(days=1))) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"days": "mon,xyz"}, "not a list of weekdays"),
        ({"days": "mon,tue,wed"}, "2 days, but 3 weekdays"),
        ({"effective_from": "1066-10-14"}, "too far away"),
        ({"effective_from": ""}, "This field is required"),
    ],
)
def test_what_is_wrong_beside_the_files_is_told(manager: Client, fields: dict[str, str], said: str) -> None:
    answer = send(manager, files(), **fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_files_that_are_no_timetable(manager: Client) -> None:
    sent = [*files(), SimpleUploadedFile("photo.csv", b"x"), zipped()]
    page = send(manager, sent).content.decode()
    assert "photo.csv" in page
    assert "send one zip alone" in page


def test_no_files_at_all(manager: Client) -> None:
    assert "This field is required" in send(manager, []).content.decode()


def test_too_much_at_once(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "LARGEST_UPLOAD", 500)
    assert "larger than" in send(manager, files()).content.decode()


def test_others_have_nothing_here(world: World, signed_in: SignIn) -> None:
    manager = signed_in(world.oak.users["cover_manager"])
    for foreign in ("/schools/elm/timetable/", "/schools/fir/timetable/", "/schools/nowhere/timetable/"):
        assert manager.get(foreign).status_code == 404
        assert send(manager, files(), foreign).status_code == 404
    for role in ("teacher", "school_viewer", "approver"):
        assert signed_in(world.oak.users[role]).get(OAK).status_code == 403
    assert signed_in(world.north.users["viewer"]).get(OAK).status_code == 403
    assert signed_in(world.north.users["admin"]).get(OAK).status_code == 200


def test_a_report_of_another_school_is_not_there(world: World, manager: Client) -> None:
    with tenant(world.elm.scope):
        foreign = Timetable.objects.get()
    assert manager.get(OAK, {"loaded": str(foreign.uuid)}).status_code == 404
    assert manager.get(OAK, {"loaded": "nonsense"}).status_code == 404
