"""A timetable is loaded whole, as a version of its own, and what was there before stays."""

from collections import Counter
from datetime import date, time, timedelta

import pytest

from schools.calendar_math import DayMapping, MappingKind
from schools.errors import Refused
from schools.models import AuditEntry, BellSchedule, CalendarDay, Period, School
from schools.tenancy.door import tenant
from staffing.hooks import timetable_changed
from staffing.importers.draft import Kind, TimetableDraft
from staffing.importers.findings import NoticeKind
from staffing.importers.generator import generate_school
from staffing.models import Credential, Lesson, LessonSection, Person, Post, Section, Subject, Timetable
from staffing.selectors.day import DayLesson, lessons_on, timetable_on
from staffing.services.load_timetable import load_timetable
from tests.staffing.drafts import A_MONDAY, FROM, blank_school, draft_of, scope_of
from tests.staffing.importers.sources import PERIOD_HEADER, read
from tests.staffing.services.loading import load
from tests.world import World

NEXT_TERM = date(2027, 1, 11)


@pytest.fixture
def school(world: World) -> School:
    return blank_school(world)


def loaded_days(school: School, first: date, days: int) -> dict[int, list[DayLesson]]:
    """The lessons of each cycle day that comes up within so many days."""
    found: dict[int, list[DayLesson]] = {}
    with tenant(scope_of(school)):
        rows = CalendarDay.objects.filter(
            school=school, is_open=True, date__range=(first, first + timedelta(days=days))
        )
        for day in rows:
            if day.cycle_day is not None:
                found[day.cycle_day] = lessons_on(school, day.date)
    return found


def assert_days_agree(school: School, draft: TimetableDraft) -> None:
    """On a date of every cycle day the database gives exactly the draft's lessons."""
    by_day = loaded_days(school, A_MONDAY, 21)
    assert sorted(by_day) == list(range(1, draft.cycle_days + 1))
    for cycle_day, lessons in by_day.items():
        wanted = [lesson for lesson in draft.lessons if lesson.cycle_day == cycle_day]
        assert Counter(
            (lesson.block, lesson.period_number, lesson.kind, lesson.subject) for lesson in lessons
        ) == Counter((lesson.block, lesson.period, lesson.kind.value, lesson.subject) for lesson in wanted)
        for count, of in (
            (lambda lesson: len(lesson.post_ids), lambda lesson: len(lesson.teachers)),
            (lambda lesson: len(lesson.sections), lambda lesson: len(lesson.sections)),
            (lambda lesson: len(lesson.rooms), lambda lesson: len(lesson.rooms)),
        ):
            assert sum(map(count, lessons)) == sum(map(of, wanted))


@pytest.mark.parametrize("ab_weeks", [False, True])
def test_a_generated_school_loads_whole(school: School, ab_weeks: bool) -> None:
    draft = generate_school(5, teachers=40, ab_weeks=ab_weeks)
    report = load(school, draft)
    assert len(report.people_created) == 40
    assert sum(report.counts.values()) == len(draft.lessons)
    assert_days_agree(school, draft)


def test_parts_of_a_class_stay_parts(school: School) -> None:
    load(school, read("1,all,1,1,ADE,7a:1|7b,Maths,R1|R2,lesson\n"))
    with tenant(scope_of(school)):
        rows = LessonSection.objects.order_by("section__code").values_list("section__code", "part")
        assert list(rows) == [("7a", "1"), ("7b", "")]
        (lesson,) = lessons_on(school, A_MONDAY)
    assert (lesson.sections_label, lesson.rooms_label) == ("Class 7a:1, Class 7b", "Room 1, Room 2")


def test_a_teacher_placed_twice_is_loaded_and_told(school: School) -> None:
    report = load(school, read("1,all,1,1,ADE,7a,Maths,R1,lesson\n2,all,1,1,ADE,7b,Maths,R2,lesson\n"))
    (double,) = report.doubles
    assert "placed twice on Monday" in double.text
    assert report.timetable.report["notices"][0]["kind"] == "double"
    assert report.counts == {"lesson": 2}


def test_a_standing_vacancy_is_listed_in_words(school: School) -> None:
    report = load(school, read("1,all,1,1,ADE,7a,Maths,R1,lesson\n2,all,1,2,,7b,Chess,R2,unstaffed\n"))
    assert report.vacancies == ("Monday, Second (08:45–09:30): Chess 7b in R2",)
    assert report.timetable.report["vacancies"] == list(report.vacancies)
    with tenant(scope_of(school)):
        assert Lesson.objects.get(is_vacant=True).posts.count() == 0


def test_classes_live_by_their_own_bell(school: School) -> None:
    load(school, read("1,all,1,1,ADE,12x,Maths,R1,lesson\n"))
    with tenant(scope_of(school)):
        (lesson,) = lessons_on(school, A_MONDAY)
    assert (lesson.bell, lesson.clock[0]) == ("late", time(8, 30))


def test_unknown_teachers_become_people_with_a_post(school: School) -> None:
    report = load(school, read())
    assert report.people_created == ("Folake Adeyemi", "Lars Lund")
    with tenant(scope_of(school)):
        post = Post.objects.select_related("person").get(code="ADE")
        assert (post.person.name, post.kind, post.starts_on) == ("Folake Adeyemi", "teacher", FROM)
        assert (post.department, post.contract_minutes) == ("Science", round(24.5 * 45))
        assert Credential.objects.get(person=post.person).code == "Maths"


def test_loading_again_makes_nobody_and_nothing_twice(school: School) -> None:
    load(school, read())
    with tenant(scope_of(school)):
        tables = (Person, Post, Credential, Subject, Section, BellSchedule, Period, CalendarDay)
        before = [table.objects.count() for table in tables]
    report = load(school, read())
    assert report.people_created == ()
    with tenant(scope_of(school)):
        assert [table.objects.count() for table in tables] == before
        assert timetable_on(school, A_MONDAY) == report.timetable


def test_a_new_version_leaves_the_old_one_its_dates(school: School) -> None:
    old = load(school, read())
    new = load(school, read("9,all,1,2,LUN,7b,French,R2,lesson\n"), NEXT_TERM)
    with tenant(scope_of(school)):
        assert timetable_on(school, NEXT_TERM - timedelta(days=1)) == old.timetable
        assert timetable_on(school, NEXT_TERM) == new.timetable
        assert [lesson.subject for lesson in lessons_on(school, NEXT_TERM)] == ["French"]
        assert [lesson.subject for lesson in lessons_on(school, A_MONDAY)] == ["Maths"]


def test_an_earlier_version_says_until_when_it_holds(school: School) -> None:
    load(school, read(), NEXT_TERM)
    report = load(school, read())
    assert [notice.kind for notice in report.notices] == [NoticeKind.LATER_VERSION]
    with tenant(scope_of(school)):
        assert {post.starts_on for post in Post.objects.all()} == {FROM}


def test_dates_that_somebody_wrote_are_told_and_stay(world: World) -> None:
    with tenant(world.oak.scope):
        Post.objects.filter(code="Ben").update(ends_on=date(2026, 10, 31))
    report = load(
        world.oak.school,
        read(teachers="id,name\nADE,Folake\nLUN,Lars\nBen,Ben\n"),
        date(2026, 11, 30),
    )
    assert [notice.kind for notice in report.notices] == [NoticeKind.POST_DATES]
    with tenant(world.oak.scope):
        assert Post.objects.get(code="Ben").ends_on == date(2026, 10, 31)


def test_names_and_bells_of_classes_follow_the_timetable(school: School) -> None:
    load(school, read())
    with tenant(scope_of(school)):
        Section.objects.filter(code="7a").update(size=28)
        Subject.objects.filter(code="Maths").update(name="Mathematics")
    load(school, read(classes="id,name,bell\n7a,Seven A,late\n"))
    with tenant(scope_of(school)):
        section = Section.objects.get(code="7a")
        assert (section.name, section.bell, section.size) == ("Seven A", "late", 28)
        assert Subject.objects.get(code="Maths").name == "Mathematics"


EARLIER_BELL = PERIOD_HEADER + "1,1,Monday,First,07:30,08:15\n"


def test_other_times_are_other_bells(school: School) -> None:
    load(school, read())
    load(school, read(periods=EARLIER_BELL), NEXT_TERM)
    with tenant(scope_of(school)):
        assert lessons_on(school, A_MONDAY)[0].clock[0] == time(8)
        assert lessons_on(school, NEXT_TERM)[0].clock[0] == time(7, 30)


def test_other_times_from_the_same_date_replace_the_first_ones(school: School) -> None:
    load(school, read())
    load(school, read(periods=EARLIER_BELL))
    with tenant(scope_of(school)):
        assert lessons_on(school, A_MONDAY)[0].clock[0] == time(7, 30)
        assert BellSchedule.objects.filter(code="").count() == 1


def test_a_later_version_keeps_bells_that_an_earlier_date_replaces(school: School) -> None:
    load(school, read())
    load(school, read(), NEXT_TERM)
    load(school, read(periods=EARLIER_BELL))
    with tenant(scope_of(school)):
        assert lessons_on(school, A_MONDAY)[0].clock[0] == time(7, 30)
        assert lessons_on(school, NEXT_TERM)[0].clock[0] == time(8)
        starts = BellSchedule.objects.filter(code="").values_list("effective_from", flat=True)
        assert sorted(starts) == [FROM, NEXT_TERM]


def test_a_new_version_goes_on_in_the_cycle(school: School) -> None:
    draft = draft_of(2, days=6)
    load(school, draft)
    with tenant(scope_of(school)):
        before = CalendarDay.objects.get(school=school, date=NEXT_TERM).cycle_day
        CalendarDay.objects.filter(school=school, date=NEXT_TERM).update(cycle_day=6)
    assert before != 6
    load(school, draft, NEXT_TERM)
    with tenant(scope_of(school)):
        assert CalendarDay.objects.get(school=school, date=NEXT_TERM).cycle_day == 6


def test_the_calendar_reaches_beyond_a_school_year(school: School) -> None:
    load(school, read())
    with tenant(scope_of(school)):
        assert CalendarDay.objects.filter(school=school, date=FROM + timedelta(days=400)).exists()


def test_it_is_audited_and_announced(world: World, school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, date]] = []
    monkeypatch.setattr(timetable_changed, "_listeners", [lambda *news: told.append((news[0].slug, news[1]))])
    report = load(school, read())
    assert told == [("new", FROM)]
    with tenant(scope_of(school)):
        entry = AuditEntry.objects.get(action="timetable.import")
        assert (entry.object_id, entry.changes["lessons"]) == (report.timetable.pk, [None, 1])


def test_a_rotation_that_does_not_fit_is_refused(school: School) -> None:
    wrong = DayMapping(MappingKind.WEEKLY, (0, 1, 2, 3, 4), 1, 5, FROM)
    with pytest.raises(Refused, match="2 days"), tenant(scope_of(school)):
        load_timetable(school=school, draft=read(), effective_from=FROM, mapping=wrong, actor=None)
    with tenant(scope_of(school)):
        assert not Timetable.objects.exists()
        assert not Post.objects.exists()


def test_standby_and_meetings_keep_their_kind(school: School) -> None:
    rows = "1,all,1,1,ADE,,Guardia,,cover_duty\n2,all,1,1,LUN,,Staff meeting,,non_class\n3,all,1,2,ADE,,Yard,,duty\n"
    report = load(school, read(rows))
    assert report.counts == {Kind.STANDBY: 1, Kind.MEETING: 1, Kind.DUTY: 1}
