"""Questions about the district's reasons."""

from collections.abc import Sequence

from absences.models import AbsenceReason, ReasonCategory
from schools.errors import Refused


def offered_reasons() -> list[AbsenceReason]:
    """The reasons forms offer, in their order. One query."""
    return list(AbsenceReason.objects.filter(is_active=True).order_by("rank", "name"))


def usual_reason(reasons: Sequence[AbsenceReason]) -> str:
    """The code of what most people phone for: the first sickness, else the first reason; empty where there is none."""
    sick = [reason for reason in reasons if reason.category == ReasonCategory.SICKNESS]
    return next((reason.code for reason in [*sick, *reasons]), "")


def reason_named(code: str) -> AbsenceReason:
    """The reason with this code. Raises Refused for one that does not exist or is not offered any more."""
    reason = AbsenceReason.objects.filter(code=code).first()
    if reason is None:
        known = ", ".join(found.code for found in offered_reasons())
        raise Refused(f"There is no reason “{code}”; choose one of: {known}.", field="reason")
    if not reason.is_active:
        raise Refused(f"“{reason.name}” is not used any more; choose another reason.", field="reason")
    return reason
