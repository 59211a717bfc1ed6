"""The rows of one school's day that board, panel and sheet are made from."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from coverplans.models import Assignment, AssignmentState, CoverNeed, CoverPlan, NeedState, PlanState
from schools.models import School
from staffing.models import LessonSection

Taker = tuple[int | None, str, int | None]


@dataclass(frozen=True)
class DayRows:
    """Needs in the order of the day, every assignment of the date that has not ended, the versions with the oldest first."""

    needs: list[CoverNeed]
    assignments: list[Assignment]
    plans: list[CoverPlan]
    classes: dict[int, str]

    @cached_property
    def current(self) -> dict[int, Assignment]:
        """Need → who takes it as things stand: in the draft if there is one, else in what is published."""
        return {row.need_id: row for row in self.assignments if row.to_version is None}

    @cached_property
    def published_plan(self) -> CoverPlan | None:
        return next((plan for plan in self.plans if plan.state == PlanState.PUBLISHED), None)

    @cached_property
    def draft_plan(self) -> CoverPlan | None:
        return next((plan for plan in self.plans if plan.state == PlanState.DRAFT), None)

    @cached_property
    def published(self) -> dict[int, Assignment]:
        """Need → who takes it in what is published."""
        plan = self.published_plan
        return {row.need_id: row for row in self.assignments if plan and belongs(row, plan.version)}

    @cached_property
    def changed(self) -> frozenset[int]:
        """The needs that publishing now would change for somebody."""
        required = {need.pk for need in self.needs if need.state in (NeedState.OPEN, NeedState.COVERED)}
        return frozenset(
            need_id
            for need_id in required
            if taker(self.current.get(need_id)) != taker(self.published.get(need_id))
        )


def belongs(row: Assignment, version: int) -> bool:
    """True when an assignment is part of this version of the plan."""
    return row.from_version <= version and (row.to_version is None or row.to_version > version)


def taker(row: Assignment | None) -> Taker | None:
    """What tells two choices apart: the person, or the measure and the class that receives the pupils."""
    if row is None:
        return None
    return row.person_id, "" if row.person_id else row.kind, row.into_lesson_id


def read_day_rows(school: School, date: dt.date) -> DayRows:
    """Everything of the date in four queries at most. The planner's stored input and answer are left in the database."""
    needs = CoverNeed.objects.filter(school=school, date=date).exclude(state=NeedState.WITHDRAWN)
    assignments = list(
        Assignment.objects.filter(school=school, date=date)
        .exclude(state=AssignmentState.ENDED)
        .select_related("person", "booking")
        .order_by("id")
    )
    plans = CoverPlan.objects.filter(school=school, date=date).defer("problem", "result").order_by("version")
    return DayRows(
        needs=list(needs.order_by("starts_at", "period_number", "sections", "id")),
        assignments=assignments,
        plans=list(plans),
        classes=class_names({row.into_lesson_id for row in assignments if row.into_lesson_id}),
    )


def class_names(lesson_ids: set[int]) -> dict[int, str]:
    """Lesson → the classes in it, for merges. One query, none without lessons."""
    found: dict[int, list[str]] = {}
    rows = LessonSection.objects.filter(lesson__in=lesson_ids).order_by("section__code")
    for lesson_id, name in rows.values_list("lesson_id", "section__name") if lesson_ids else []:
        found.setdefault(lesson_id, []).append(name)
    return {lesson_id: ", ".join(names) for lesson_id, names in found.items()}
