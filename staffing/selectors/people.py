"""Questions about people."""

from django.db.models import F, FilteredRelation, Q
from django.utils import timezone

from schools.access.caller import Own
from schools.models import User
from staffing.models import Person


def person_of(user: User) -> Own:
    """The person a login belongs to, with the schools of the posts that run today. One query, in a district door."""
    today = timezone.localdate()
    running = Q(posts__starts_on__lte=today) & (Q(posts__ends_on__isnull=True) | Q(posts__ends_on__gte=today))
    rows = list(
        Person.objects.filter(user=user)
        .annotate(post_today=FilteredRelation("posts", condition=running))
        .values_list("id", "name", "uuid", F("post_today__school_id"))
    )
    if not rows:
        return Own()
    schools = {school_id for *_, school_id in rows if school_id is not None}
    return Own(rows[0][0], rows[0][1], tuple(sorted(schools)), rows[0][2])
