"""A partial change, filled up with what stays."""

from typing import Any

from absences.models import Absence


def changed(absence: Absence, given: dict[str, Any]) -> dict[str, Any]:
    """What the service is asked for. Given times replace the periods, given periods the times."""
    days = list(absence.days.order_by("date"))
    as_it_is: dict[str, Any] = {
        "start_date": absence.starts_on,
        "end_date": absence.ends_on,
        "start_time": days[0].start_time if days else None,
        "end_time": days[-1].end_time if days else None,
        "periods": sorted({number for day in days for number in day.periods}) or None,
    }
    if given.get("start_time") or given.get("end_time"):
        as_it_is["periods"] = None
    if given.get("periods"):
        as_it_is["start_time"] = as_it_is["end_time"] = None
    return as_it_is | given
