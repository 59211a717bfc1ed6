"""`reports/coverage`: how the lessons of absent teachers were taken care of."""

import datetime as dt
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from reporting.selectors.coverage import SchoolCoverage, read_coverage
from reporting.selectors.dates import check_dates
from schools.access.doors import Door
from schools.access.find import named
from schools.api.base import Resource
from schools.models import School
from schools.tenancy.door import tenant
from schools.tenancy.scope import Scope


class CoverageQuerySerializer(serializers.Serializer[Any]):
    """Which dates, both inclusive, and which school; without one, every school of the caller."""

    date_from = serializers.DateField()
    date_to = serializers.DateField()
    school = serializers.CharField(required=False, help_text="the school's slug")


class CoverageSerializer(serializers.Serializer[Any]):
    """One school. Only what people were told counts: a lesson whose taker has not answered is uncovered.

    `percent` is of lesson minutes with an adult, rounded down; `cents` what accepted bookings cost.
    """

    school = serializers.CharField(source="slug")
    name = serializers.CharField()
    needs = serializers.IntegerField(source="needed")
    covered = serializers.IntegerField()
    by_kind = serializers.DictField(child=serializers.IntegerField())
    measures = serializers.IntegerField(source="typed")
    uncovered = serializers.IntegerField()
    minutes = serializers.IntegerField()
    covered_minutes = serializers.IntegerField()
    percent = serializers.IntegerField()
    cents = serializers.IntegerField()
    currency = serializers.CharField()


class Coverage(Resource):
    """Coverage per school over a range of dates."""

    door = Door("mine", {"get": "report.read"})

    @extend_schema(
        operation_id="reports_coverage_list",
        parameters=[CoverageQuerySerializer],
        responses=CoverageSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        reader = CoverageQuerySerializer(data=request.query_params)
        reader.is_valid(raise_exception=True)
        return Response(CoverageSerializer(_coverage(**reader.validated_data), many=True).data)


def _coverage(*, date_from: dt.date, date_to: dt.date, school: str = "") -> list[SchoolCoverage]:
    check_dates(date_from, date_to)
    if not school:
        return read_coverage(first=date_from, last=date_to)
    found = named(School, school)
    with tenant(Scope.schools(found.district_id, [found.pk])):
        return read_coverage(first=date_from, last=date_to)
