"""Who could take a need, who cannot and why, and which class could receive the pupils."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from coverplans.matching import HEADINGS, Measure, Ranked
from coverplans.models import Assignment
from staffing.models import Lesson, Person

FACTS_SHOWN = 2
SAYS_IT_ALL = frozenset({"absent", "travel", "blocked", "declined_school"})
NOT_WORTH_SAYING = frozenset({"own_lesson"})
BENDS = frozenset({"over_cap", "protected", "outside_hours", "no_break"})
"""Rules that protect people's time: somebody may say yes all the same, so the panel offers to assign them."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody who can take the need, with the two facts that matter."""

    person_id: str
    name: str
    facts: tuple[str, ...]
    phone: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One rule and everybody it excludes."""

    rule: str
    names: str


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody who can be asked although a limit speaks against it."""

    person_id: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class MergeOption:
    id: str
    label: str


def offered(ranked: Iterable[Ranked], row: Assignment | None) -> tuple[Offered, ...]:
    """The people who can, best first. One query for their phone numbers."""
    able = [found for found in ranked if found.available]
    keys = [UUID(found.person) for found in able]
    phones = {
        str(key): phone for key, phone in Person.objects.filter(uuid__in=keys).values_list("uuid", "phone")
    }
    current = str(row.person.uuid) if row and row.person else ""
    return tuple(
        Offered(
            found.person,
            found.name,
            found.terms[:FACTS_SHOWN],
            phones.get(found.person, ""),
            found.person == current,
        )
        for found in able
    )


def excluded(ranked: Iterable[Ranked]) -> tuple[Group, ...]:
    """Everybody who cannot, under the first rule that says so; what holds for all of them alike is said once."""
    found: dict[str, list[tuple[str, str]]] = {code: [] for code in HEADINGS}
    for person in ranked:
        if not person.available and person.excluded_by[0].code not in NOT_WORTH_SAYING:
            first = person.excluded_by[0]
            found.setdefault(first.code, []).append((person.name, first.text))
    return tuple(_group(code, people) for code, people in found.items() if people)


def _group(code: str, people: list[tuple[str, str]]) -> Group:
    texts = {text for _, text in people}
    if code in SAYS_IT_ALL or (len(people) > 1 and len(texts) == 1):
        names, title = [name for name, _ in people], HEADINGS[code] if code in SAYS_IT_ALL else texts.pop()
    else:
        names, title = [f"{name} ({text})" for name, text in people], HEADINGS[code]
    return Group(title[:1].upper() + title[1:], ", ".join(names))


def others(ranked: Iterable[Ranked]) -> tuple[Other, ...]:
    """Everybody against whom nothing speaks but limits that bend."""
    return tuple(
        Other(found.person, found.name, "; ".join(reason.text for reason in found.excluded_by))
        for found in ranked
        if not found.available and all(reason.code in BENDS for reason in found.excluded_by)
    )


def merge_options(measures: Sequence[Measure]) -> tuple[MergeOption, ...]:
    """The classes that may receive the pupils. One query, none where there is no such class."""
    merges = {int(measure.into): measure for measure in measures if measure.kind == "merge"}
    if not merges:
        return ()
    keys = dict(Lesson.objects.filter(pk__in=list(merges)).values_list("pk", "uuid"))
    return tuple(
        MergeOption(str(keys[into]), measure.label.removeprefix("merge "))
        for into, measure in merges.items()
        if into in keys
    )
