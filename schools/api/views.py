"""`schools` and `me`."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from schools.access.doors import Door
from schools.models import District, School
from schools.services.schools import create_school

from .base import ReadViewSet, Resource
from .serializers import MeSerializer, NewSchoolSerializer, SchoolSerializer


class SchoolViewSet(ReadViewSet[School]):
    """The schools the caller belongs to; district administrators add new ones."""

    door = Door("mine", {"list": "school.read", "retrieve": "school.read", "create": "school.manage"})
    model = School
    serializer_class = SchoolSerializer
    lookup_field = "slug"
    lookup_url_kwarg = "slug"

    @extend_schema(request=NewSchoolSerializer, responses={201: SchoolSerializer})
    def create(self, request: Request) -> Response:
        given = self.parsed(NewSchoolSerializer)
        school = create_school(district=District.objects.get(), actor=self.user, **given)
        return Response(SchoolSerializer(school).data, status=201)


class Me(Resource):
    """The caller."""

    door = Door("mine", {"get": "me.read"})

    @extend_schema(operation_id="me_retrieve", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        caller = self.caller
        answer = {
            "email": self.user.email,
            "person": caller.person_uuid,
            "name": caller.name,
            "district": District.objects.get().slug,
            "roles": caller.places,
        }
        return Response(MeSerializer(answer).data)
