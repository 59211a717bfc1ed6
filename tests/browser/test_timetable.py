"""A school's timetable goes in: first a zip with bad rows, then the corrected one."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from playwright.sync_api import FilePayload, expect

from staffing.importers.csv_writer import files_of_draft
from staffing.importers.generator import generate_school
from tests.world import World

from .conftest import OpenBrowser
from .visitor import Visitor

BAD_ROWS = b"x1,all,1,99,NEW,,Maths,,lesson\nx2,all,1,1,NEW,,,,lesson\n"


@pytest.fixture
def files() -> dict[str, bytes]:
    return files_of_draft(generate_school(seed=7, teachers=20))


def zipped(files: Mapping[str, bytes]) -> FilePayload:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return {"name": "timetable.zip", "mimeType": "application/zip", "buffer": stream.getvalue()}


def send(visitor: Visitor, files: Mapping[str, bytes]) -> None:
    visitor.page.get_by_label("Files").set_input_files(zipped(files))
    visitor.press_button("Check the files")


def test_bad_rows_are_listed_and_the_corrected_zip_is_taken(
    world: World, visit: OpenBrowser, files: dict[str, bytes]
) -> None:
    manager = visit("manager")
    page = manager.page
    manager.come_as(world.oak.users["cover_manager"])
    page.locator("#day summary[aria-label=More]").click()
    page.get_by_role("link", name="Timetable").click()
    manager.expect_heading("Upload a timetable")
    manager.look("choose")
    manager.may_be_refused(422)
    send(manager, files | {"lessons.csv": files["lessons.csv"] + BAD_ROWS})
    expect(page.get_by_role("heading", name="Nothing was changed:")).to_be_visible()
    refused = page.get_by_role("row").filter(has_text="lessons.csv")
    expect(refused).to_contain_text(["day 1 has no period 99", "the subject is empty"])
    manager.look("refused")
    send(manager, files)
    expect(page.get_by_role("heading", name="What would change from 23 November 2026")).to_be_visible()
    manager.look("check")
    manager.press_button("Use this timetable")
    expect(page.get_by_text("The new timetable holds from 23 November 2026.")).to_be_visible()
    manager.look("done")
