"""Mails to cover managers: somebody is away. Never why."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from absences.models import Absence, AbsenceDay, AbsenceState
from absences.words import when_text
from coverplans.selectors.need_counts import count_needs
from schools.models import Membership, School
from schools.models.membership import Role
from schools.outbox.channels import Notice
from schools.outbox.email import Mail, link_to
from schools.selectors.calendar import today_at

from .writing import mail, school_of

_STANDING = (AbsenceState.ACTIVE, AbsenceState.PENDING)


def reported_mails(notice: Notice) -> list[Mail]:
    """To the school's cover managers, except the one who entered it."""
    school, absence = school_of(notice), _absence(notice)
    if absence is None:
        return []
    today = today_at(school, timezone.now())
    if absence.ends_on < today:
        return []
    counts = count_needs([absence]).get(absence.pk)
    first = max(absence.starts_on, today)
    context = {
        "who": absence.post.person.name,
        "when": when_text(absence.starts_on, absence.ends_on, _days(absence)),
        "school": school.name,
        "is_pending": absence.state == AbsenceState.PENDING,
        "needs": counts.needs if counts else 0,
        "link": link_to(reverse("board", kwargs={"school": school.slug, "date": first})),
    }
    addresses = _cover_managers(school, today, but=notice.payload["actor"])
    return [mail(notice, address, "reported", context) for address in addresses]


def _absence(notice: Notice) -> Absence | None:
    rows = Absence.objects.filter(uuid=notice.payload["absence"], state__in=_STANDING)
    return rows.select_related("post__person").first()


def _days(absence: Absence) -> list[AbsenceDay]:
    return list(AbsenceDay.objects.filter(absence=absence).order_by("date"))


def _cover_managers(school: School, today: dt.date, *, but: int | None) -> list[str]:
    """The addresses of today's cover managers of the school."""
    rows = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        school=school,
        role=Role.COVER_MANAGER,
        starts_on__lte=today,
        user__is_active=True,
    ).exclude(user_id=but or 0)
    return sorted(rows.values_list("user__email", flat=True))
