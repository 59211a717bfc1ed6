"""What belongs to one person: the lessons they cover, and the jobs they are offered."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from coverplans.models import Offer
from coverplans.selectors.my_cover import read_my_cover
from coverplans.selectors.offers import read_job, read_jobs
from coverplans.services.offers import accept_offer, decline_offer
from schools.access.doors import door
from schools.access.find import find

from .answers import told
from .requests import DoorRequest
from .ways_back import to_offer, to_offers


@door("mine", get="mycover.read")
@require_safe
def my_cover(request: DoorRequest) -> HttpResponse:
    """What the caller covers, today and later."""
    mine = read_my_cover(person_id=request.caller.person_id, now=timezone.now())
    return render(request, "coverplans/my_cover.html", {"mine": mine})


@door("mine", get="offer.answer")
@require_safe
def offers(request: DoorRequest) -> HttpResponse:
    """The caller's jobs."""
    jobs = read_jobs(person_id=request.caller.person_id, now=timezone.now())
    return render(request, "coverplans/offers.html", {"offers": jobs})


@door("mine", get="offer.answer")
@require_safe
def offer_detail(request: DoorRequest, offer: uuid.UUID) -> HttpResponse:
    """One job, where a message leads."""
    job = read_job(offer=find(Offer, offer, related=("booking__school",)), now=timezone.now())
    return render(request, "coverplans/offer.html", {"job": job})


@door("mine", post="offer.answer")
@require_POST
@told("to accept")
def offer_accept(request: DoorRequest, offer: uuid.UUID) -> HttpResponse:
    """Take the job."""
    found = find(Offer, offer, related=("booking__school",))
    accept_offer(offer=found, actor=request.user, now=timezone.now())
    messages.success(request, "Thank you: the job is yours.")
    return to_offer(offer)


@door("mine", post="offer.answer")
@require_POST
@told("to decline")
def offer_decline(request: DoorRequest, offer: uuid.UUID) -> HttpResponse:
    """Turn the job down."""
    found = find(Offer, offer, related=("booking__school",))
    decline_offer(offer=found, actor=request.user, now=timezone.now())
    messages.success(request, "Declined: the school sees it at once. This does not count against you.")
    return to_offers()
