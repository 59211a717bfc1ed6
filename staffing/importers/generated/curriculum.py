"""What a generated school teaches, and when: its subjects, its day, and the classes that it can staff."""

from dataclasses import dataclass
from datetime import time

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
DAYS = len(DAY_NAMES)

PERIODS: tuple[tuple[str, time, time], ...] = (
    ("P1", time(8, 30), time(9, 20)),
    ("P2", time(9, 20), time(10, 10)),
    ("Break", time(10, 10), time(10, 30)),
    ("P3", time(10, 30), time(11, 20)),
    ("P4", time(11, 20), time(12, 10)),
    ("Lunch", time(12, 10), time(12, 55)),
    ("P5", time(12, 55), time(13, 45)),
    ("P6", time(13, 45), time(14, 35)),
    ("P7", time(14, 35), time(15, 25)),
)
PERIODS_A_DAY = len(PERIODS)
BREAK, LUNCH = 2, 5
TEACHING = tuple(place for place in range(PERIODS_A_DAY) if place not in (BREAK, LUNCH))
TEACHING_SLOTS = tuple(day * PERIODS_A_DAY + place for day in range(DAYS) for place in TEACHING)
"""A slot is a place in the week: day (from 0) times the periods of a day, plus the place in the day."""
LESSONS_A_WEEK = len(TEACHING_SLOTS)


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject with its department and the sort of room that it needs, empty for any classroom."""

    name: str
    department: str
    room: str = ""


MATHS = Subject("Mathematics", "Mathematics")
ENGLISH = Subject("English", "English")
FRENCH, SPANISH = Subject("French", "Languages"), Subject("Spanish", "Languages")
ETHICS = Subject("Ethics", "Humanities")
PE = Subject("Physical Education", "Sports", "Gym")
ART, MUSIC = Subject("Art", "Arts", "Art Room"), Subject("Music", "Arts", "Music Room")
CURRICULUM: tuple[tuple[Subject, int], ...] = (
    (MATHS, 5),
    (ENGLISH, 5),
    (FRENCH, 4),
    (Subject("Biology", "Science", "Lab"), 2),
    (Subject("Chemistry", "Science", "Lab"), 2),
    (Subject("Physics", "Science", "Lab"), 2),
    (Subject("History", "Humanities"), 2),
    (Subject("Geography", "Humanities"), 2),
    (PE, 3),
    (ART, 2),
    (Subject("Design and Technology", "Technology", "Workshop"), 2),
    (Subject("Computing", "Technology", "Computer Room"), 2),
    (MUSIC, 1),
    (ETHICS, 1),
)
"""Lessons a week of one class: they fill its week."""
SUBJECTS = (*(subject for subject, _lessons in CURRICULUM), SPANISH)
SINGLE_SUBJECT_DEPARTMENTS = (MATHS.department, ENGLISH.department)
TAUGHT_IN_PARTS = ("Languages", "Science", "Technology")
"""Departments that split a class where they have the staff; the others put a second teacher in."""

YEARS = (7, 8, 9, 10, 11, 12)


def department_weights() -> dict[str, int]:
    """Lessons a week of one class by department."""
    weights: dict[str, int] = {}
    for subject, lessons in CURRICULUM:
        weights[subject.department] = weights.get(subject.department, 0) + lessons
    return weights


def subjects_in(department: str) -> list[Subject]:
    return [subject for subject in SUBJECTS if subject.department == department]


def class_names(count: int) -> list[str]:
    """Names like 7A, spread evenly over the years."""
    return [f"{YEARS[place % len(YEARS)]}{_letter(place // len(YEARS))}" for place in range(count)]


def lessons_of_class(place: int) -> list[tuple[Subject, int]]:
    """The week of one class; every second one learns Spanish in place of French."""
    spanish = place // len(YEARS) % 2 == 1
    return [
        (SPANISH if subject is FRENCH and spanish else subject, lessons) for subject, lessons in CURRICULUM
    ]


def _letter(place: int) -> str:
    return chr(ord("A") + place)
