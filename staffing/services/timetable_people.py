"""The people a timetable names: posts found by their code, and a person with a post for everybody unknown."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from schools.models import School
from staffing.importers.draft import TeacherDraft, TimetableDraft
from staffing.importers.findings import Notice, NoticeKind
from staffing.models import Credential, Person, Post, Timetable
from staffing.models.substitute import CredentialKind


@dataclass(frozen=True, slots=True)
class People:
    """Post id by the timetable's code, who was made, and what is worth a word."""

    post_ids: dict[str, int]
    created: tuple[str, ...]
    notices: tuple[Notice, ...]


def find_or_make_people(school: School, draft: TimetableDraft, effective_from: dt.date) -> People:
    """A post for every teacher of the draft. At most seven statements."""
    codes = [teacher.code for teacher in draft.teachers]
    posts = {post.code: post for post in Post.objects.filter(school=school, code__in=codes)}
    notices = _fit_dates(school, draft, posts, effective_from)
    unknown = [teacher for teacher in draft.teachers if teacher.code not in posts]
    made = _make(school, draft, unknown, effective_from)
    posts |= {post.code: post for post in made}
    _qualify(school, draft, posts, effective_from)
    return People(
        {code: post.pk for code, post in posts.items()}, tuple(teacher.name for teacher in unknown), notices
    )


def _make(
    school: School, draft: TimetableDraft, teachers: list[TeacherDraft], effective_from: dt.date
) -> list[Post]:
    minutes = _lesson_minutes(draft)
    people = Person.objects.bulk_create(
        Person(district_id=school.district_id, name=teacher.name) for teacher in teachers
    )
    return Post.objects.bulk_create(
        Post(
            district_id=school.district_id,
            school=school,
            person=person,
            code=teacher.code,
            department=teacher.department,
            contract_minutes=round(teacher.target_hours * minutes) or None,
            starts_on=effective_from,
        )
        for teacher, person in zip(teachers, people, strict=True)
    )


def _lesson_minutes(draft: TimetableDraft) -> int:
    """The commonest length of a period: target hours count lessons, contracts count minutes."""
    lengths = [
        (period.ends.hour - period.starts.hour) * 60 + period.ends.minute - period.starts.minute
        for bell in draft.bells
        for period in bell.periods
    ]
    return max(sorted(set(lengths)), key=lengths.count, default=0)


def _fit_dates(
    school: School, draft: TimetableDraft, posts: dict[str, Post], effective_from: dt.date
) -> tuple[Notice, ...]:
    """A post that an earlier import made begins with the earliest one; dates that somebody wrote stay, and are told."""
    later = [post for post in posts.values() if post.starts_on > effective_from]
    begun = {
        *(Timetable.objects.filter(school=school).values_list("effective_from", flat=True) if later else ())
    }
    imported = [post for post in later if post.starts_on in begun]
    if imported:
        Post.objects.filter(pk__in=[post.pk for post in imported]).update(starts_on=effective_from)
    names = {teacher.code: teacher.name for teacher in draft.teachers}
    starting = (
        f"the post of {names[post.code]} begins on {post.starts_on}; until then these lessons have nobody."
        for post in later
        if post.starts_on not in begun
    )
    ended = (
        f"the post of {names[post.code]} ended on {post.ends_on}; give it a new end, or the lessons to somebody else."
        for post in posts.values()
        if post.ends_on is not None and post.ends_on < effective_from
    )
    return tuple(Notice(NoticeKind.POST_DATES, "teachers.csv", None, text) for text in chain(starting, ended))


def _qualify(school: School, draft: TimetableDraft, posts: dict[str, Post], effective_from: dt.date) -> None:
    """Stated qualifications become credentials, unless the person already holds one that is valid on the day."""
    stated = {
        (posts[teacher.code].person_id, subject)
        for teacher in draft.teachers
        for subject in teacher.qualified_subjects
    }
    if not stated:
        return
    held = Credential.objects.filter(
        person_id__in={person for person, _subject in stated}, kind=CredentialKind.SUBJECT
    ).exclude(expires_on__lt=effective_from)
    missing = stated - set(held.values_list("person_id", "code"))
    Credential.objects.bulk_create(_credentials(school, missing, effective_from))


def _credentials(
    school: School, missing: Iterable[tuple[int, str]], effective_from: dt.date
) -> list[Credential]:
    return [
        Credential(
            district_id=school.district_id,
            person_id=person,
            kind=CredentialKind.SUBJECT,
            code=subject,
            valid_from=effective_from,
        )
        for person, subject in sorted(missing)
    ]
