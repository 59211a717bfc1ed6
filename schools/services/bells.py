"""Which bells ring on a day."""

from schools.errors import Refused
from schools.events import calendar_changed
from schools.models import BellSchedule, CalendarDay, User
from schools.services.audit import record


def ring_variant(*, day: CalendarDay, variant: str, actor: User | None) -> CalendarDay:
    """Let another variant of the bells ring on one day; empty is the usual one. The same again changes nothing.

    Raises Refused for a variant the school does not have.
    """
    row = CalendarDay.objects.select_for_update(of=("self",)).select_related("school").get(pk=day.pk)
    if variant == row.bell_variant:
        return row
    if variant and not BellSchedule.objects.filter(school_id=row.school_id, variant=variant).exists():
        raise Refused("The school has no bells of this name.", field="bell_variant")
    before, row.bell_variant = row.bell_variant, variant
    row.save(update_fields=["bell_variant"])
    record(action="calendar.bells", subject=row, actor=actor, changes={"bell_variant": (before, variant)})
    calendar_changed.tell(row.school, [row.date], actor)
    return row
