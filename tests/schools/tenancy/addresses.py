"""Addresses of the tests of the middleware: views that write, fail, refuse, stream and look."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from schools.access.doors import door
from schools.answers import error_page
from schools.models import Setting
from schools.tenancy.scope import current_scope

handler500 = "schools.web.errors.server_error"


def _district() -> int:
    district_id = current_scope().district_id
    assert district_id is not None
    return district_id


def _write(request: HttpRequest) -> None:
    Setting.objects.create(district_id=_district(), key="written", value=1)


@csrf_exempt
@door("district", "office.open")
def write(request: HttpRequest) -> HttpResponse:
    _write(request)
    return HttpResponse("written")


@csrf_exempt
@door("district", "office.open")
def write_and_answer(request: HttpRequest, status: int) -> HttpResponse:
    _write(request)
    return error_page(request, status)


@csrf_exempt
@door("district", "office.open")
def write_and_fail(request: HttpRequest) -> HttpResponse:
    _write(request)
    raise LookupError("a mistake in a view")


@door("district", "office.open")
def stream(request: HttpRequest) -> HttpResponseBase:
    def pieces() -> Iterator[bytes]:
        yield b"read after the door"

    return StreamingHttpResponse(pieces())


@door("school", "board.read")
def look(request: HttpRequest, school: str) -> JsonResponse:
    return JsonResponse({"schools": current_scope().school_ids})


@door("mine", "absence.read")
def look_at_mine(request: HttpRequest) -> JsonResponse:
    scope = current_scope()
    return JsonResponse({"kind": scope.kind, "schools": scope.school_ids, "district": scope.district_id})


@door("signed in")
def look_nowhere(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"settings": Setting.objects.count()})


urlpatterns = [
    path("write/", write),
    path("write/<int:status>/", write_and_answer),
    path("write-and-fail/", write_and_fail),
    path("stream/", stream),
    path("schools/<slug:school>/", look),
    path("mine/", look_at_mine),
    path("nowhere/", look_nowhere),
    path("sign-in/", look_nowhere, name="sign-in"),
]
