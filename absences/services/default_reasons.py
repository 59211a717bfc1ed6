"""The reasons of absence every district begins with; the office changes them."""

from absences.models import AbsenceReason, ReasonCategory
from schools.models import District, User

DEFAULT_REASONS = (
    ("sick", "Sick", ReasonCategory.SICKNESS),
    ("training", "Training", ReasonCategory.TRAINING),
    ("personal", "Personal", ReasonCategory.PERSONAL),
    ("other", "Other", ReasonCategory.OTHER),
)


def make_default_reasons(district: District, actor: User | None) -> None:
    """Sickness is health data; the others are not."""
    AbsenceReason.objects.bulk_create(
        AbsenceReason(
            district=district,
            code=code,
            name=name,
            category=category,
            is_sensitive=category == ReasonCategory.SICKNESS,
            rank=rank,
        )
        for rank, (code, name, category) in enumerate(DEFAULT_REASONS)
    )
