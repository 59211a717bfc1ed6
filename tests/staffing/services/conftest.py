"""Real schools are extra: their tests are collected only where the timetables lie beside the repository."""

from tests.staffing.importers.real_schools import FOLDER

collect_ignore = [] if FOLDER.is_dir() else ["test_real_schools.py"]
