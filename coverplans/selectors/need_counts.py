"""How many lessons of an absence need cover, and how many have it."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, Q

from absences.hooks import NeedCount
from absences.models import Absence
from coverplans.models import CoverNeed


def count_needs(absences: Sequence[Absence]) -> Mapping[int, NeedCount]:
    """Absence → counts, in one query. Lessons that need nobody do not count."""
    rows = (
        CoverNeed.objects.filter(
            absence_day__absence__in=[absence.pk for absence in absences], state__in=["open", "covered"]
        )
        .values("absence_day__absence_id")
        .annotate(needs=Count("id"), covered=Count("id", filter=Q(state="covered")))
    )
    return {row["absence_day__absence_id"]: NeedCount(row["needs"], row["covered"]) for row in rows}
