"""Real schools load whole: on a date of every cycle day the database agrees with their files."""

import pytest

from staffing.importers.csv_folder import read_folder
from tests.staffing.drafts import blank_school
from tests.staffing.importers.real_schools import FOLDER
from tests.staffing.services.loading import load
from tests.staffing.services.test_load_timetable import assert_days_agree
from tests.world import World


@pytest.mark.parametrize("name", ["es_ies_2020_21", "hk_secondary_2020", "de_secondary_1"])
def test_every_day_agrees_with_the_files(world: World, name: str) -> None:
    school = blank_school(world)
    draft = read_folder(FOLDER / name)
    report = load(school, draft)
    assert len(report.people_created) == len(draft.teachers)
    assert len(report.vacancies) == len(draft.standing_vacancies)
    assert_days_agree(school, draft)
