"""Where timetables of real schools may lie."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "timetables"
