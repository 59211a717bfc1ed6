"""What cover does for itself now and then; see schools/outbox/duties.py."""

import datetime as dt

from coverplans.models import Offer, OfferState
from coverplans.services.offers import expire_offer
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope


def expire_offers(now: dt.datetime) -> int:
    """End the offers that nobody answered in time, each in a door of its own, and give back how many."""
    with tenant(Scope.system()):
        due = list(
            Offer.objects.filter(state=OfferState.SENT, expires_at__lt=now)
            .order_by("expires_at", "id")
            .values_list("pk", "district_id", "school_id")
        )
    return sum(
        _expire(Scope.schools(district_id, [school_id]), key, now) for key, district_id, school_id in due
    )


def _expire(scope: Scope, key: int, now: dt.datetime) -> bool:
    with tenant(scope):
        offer = Offer.objects.select_related("booking__school").get(pk=key)
        return expire_offer(offer=offer, now=now)
