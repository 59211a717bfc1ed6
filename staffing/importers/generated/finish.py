"""The last steps of a generated week: double lessons, rooms, and a second week that differs a little."""

from collections import defaultdict
from copy import copy
from random import Random

from staffing.importers.draft import Kind, RoomDraft
from staffing.importers.generated.curriculum import CURRICULUM, PERIODS_A_DAY
from staffing.importers.generated.week import Placed, Week

OUTDOORS = "Gym"
CLASSES_PER_SPECIAL_ROOM = {
    "Gym": 30,
    "Lab": 6,
    "Art Room": 15,
    "Music Room": 20,
    "Workshop": 12,
    "Computer Room": 12,
}
SWAPS_PER_CLASS, TRIES_PER_CLASS = 3, 100


def number_blocks(week: Week) -> None:
    """One block for each lesson; the same people and subject in two periods running are one double."""
    last: dict[tuple[str, tuple[int, ...], tuple[str, ...], Kind], Placed] = {}
    count = 0
    for at_once in list(week.by_slot()):
        for lesson in at_once:
            who = (
                lesson.subject,
                tuple(sorted(lesson.teachers)),
                tuple(sorted(map(str, lesson.sections))),
                lesson.kind,
            )
            before = last.get(who)
            if lesson.kind is Kind.LESSON and before is not None and _runs_on(before, lesson):
                lesson.block = before.block
            else:
                count += 1
                lesson.block = str(count)
            last[who] = lesson


def _runs_on(before: Placed, lesson: Placed) -> bool:
    # Break and lunch are periods too, so neighbours in number are neighbours in time.
    return before.slot + 1 == lesson.slot and lesson.slot % PERIODS_A_DAY != 0


def build_rooms(classes: int) -> list[RoomDraft]:
    """A classroom for each class, and the special rooms that so many classes need."""
    rooms = [RoomDraft(f"R{number:02}", f"Room {number}") for number in range(1, classes + 1)]
    for kind in dict.fromkeys(subject.room for subject, _lessons in CURRICULUM if subject.room):
        for number in range(1, 2 + classes // CLASSES_PER_SPECIAL_ROOM[kind]):
            rooms.append(RoomDraft(f"{kind} {number}", f"{kind} {number}"))
    return rooms


def give_rooms(week: Week, rooms: list[RoomDraft]) -> None:
    """A room for each lesson: a special one if wanted and free, else a classroom.

    Sports that find the gyms taken go outdoors and, like meetings and duties, have no room.
    """
    by_kind: dict[str, list[str]] = defaultdict(list)
    for room in rooms:
        kind, _space, _number = room.code.rpartition(" ")
        by_kind[kind].append(room.code)
    for at_once in week.by_slot():
        free = {kind: list(codes) for kind, codes in by_kind.items()}
        for lesson in at_once:
            if lesson.kind is not Kind.LESSON:
                continue
            kind = lesson.room_wanted if free[lesson.room_wanted] or lesson.room_wanted == OUTDOORS else ""
            if free[kind]:
                # Teachers like to keep to one room, so look there first.
                own = by_kind[kind][lesson.teachers[0] % len(by_kind[kind])]
                lesson.rooms = [own if own in free[kind] else free[kind][0]]
                free[kind].remove(lesson.rooms[0])


def second_week(rng: Random, first: Week) -> Week:
    """Week B: as week A, but here and there two lessons of a class have changed places."""
    copies: list[Placed] = []
    for lesson in first.lessons:
        twin = copy(lesson)
        twin.teachers, twin.rooms = list(lesson.teachers), list(lesson.rooms)
        copies.append(twin)
    week = Week(first.staff, copies)
    lengths: dict[str, int] = defaultdict(int)
    for lesson in week.lessons:
        lengths[lesson.block] += 1
    of_class: dict[str, list[Placed]] = defaultdict(list)
    for lesson in week.lessons:
        if lesson.is_plain and lengths[lesson.block] == 1:
            of_class[lesson.sections[0].section].append(lesson)
    for lessons in of_class.values():
        swapped = 0
        for _ in range(TRIES_PER_CLASS):
            swapped += _swap(week, *rng.sample(lessons, 2))
            if swapped == SWAPS_PER_CLASS:
                break
    return week


def _swap(week: Week, one: Placed, other: Placed) -> bool:
    """Exchange the slots of two lessons of one class if both teachers can; rooms stay in their slots."""
    if not (week.is_free(one.teachers[0], other.slot) and week.is_free(other.teachers[0], one.slot)):
        return False
    slot = one.slot
    week.move(one, other.slot)
    week.move(other, slot)
    one.rooms, other.rooms = other.rooms, one.rooms
    return True
