"""Loading a draft the way pages and commands do, in the school's own door."""

from datetime import date

from schools.models import School
from schools.tenancy.door import tenant
from staffing.importers.draft import TimetableDraft
from staffing.selectors.timetable_days import mapping_for
from staffing.services.load_timetable import LoadReport, load_timetable
from tests.staffing.drafts import FROM, scope_of


def load(school: School, draft: TimetableDraft, effective_from: date = FROM) -> LoadReport:
    with tenant(scope_of(school)):
        mapping = mapping_for(school=school, draft=draft, effective_from=effective_from)
        return load_timetable(
            school=school, draft=draft, effective_from=effective_from, mapping=mapping, actor=None
        )
