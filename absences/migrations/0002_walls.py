"""Raise the walls of every table of absences: policies, target keys, composite foreign keys."""

from django.db import migrations

from schools.tenancy.operations import RaiseWall


class Migration(migrations.Migration):
    dependencies = [
        ("absences", "0001_initial"),
        ("schools", "0002_walls"),
        ("staffing", "0002_walls"),
    ]

    operations = [
        RaiseWall(
            "absencereason",
            "district",
            {},
        ),
        RaiseWall(
            "absence",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "post_id": ("staffing_post", "school_id"),
                "reason_id": ("absences_absencereason", "district_id"),
                "reported_by_id": ("schools_user", "district_id"),
                "decided_by_id": ("schools_user", "district_id"),
            },
        ),
        RaiseWall(
            "absenceday",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "absence_id": ("absences_absence", "school_id"),
                "post_id": ("staffing_post", "school_id"),
            },
        ),
    ]
