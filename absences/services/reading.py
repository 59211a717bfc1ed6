"""Reading a reason of absence. It is health data: whoever else reads a sensitive one leaves a record."""

from collections.abc import Sequence

from absences.models import Absence
from schools.models import User
from schools.services.audit import record_all


def read_reasons(*, absences: Sequence[Absence], reader: User) -> None:
    """Record that `reader` sees the reasons and notes of these absences. The absences carry reason, post and person.

    Nothing is recorded for the absentee's own reading, nor for reasons that are not sensitive. One query at most.
    """
    seen = [
        absence
        for absence in absences
        if absence.reason.is_sensitive and absence.post.person.user_id != reader.pk
    ]
    record_all(action="absence.read_reason", subjects=seen, actor=reader)
