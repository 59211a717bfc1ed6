"""How long a report may reach."""

import datetime as dt

from schools.errors import Refused

LONGEST_DAYS = 400


def check_dates(first: dt.date, last: dt.date) -> None:
    """Raises Refused, naming the field, for dates in the wrong order or so far apart that nobody would read it."""
    if last < first:
        raise Refused("The last date lies before the first.", field="date_to")
    if (last - first).days >= LONGEST_DAYS:
        raise Refused(f"A report covers at most {LONGEST_DAYS} days.", field="date_to")
