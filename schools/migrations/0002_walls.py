"""Raise the walls of every table of schools: policies, target keys, composite foreign keys."""

from django.db import migrations

from schools.tenancy.operations import RaiseWall


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0001_initial"),
    ]

    operations = [
        RaiseWall(
            "school",
            "school itself",
            {},
        ),
        RaiseWall(
            "auditentry",
            "mixed",
            {
                "school_id": ("schools_school", "district_id"),
                "actor_id": ("schools_user", "district_id"),
            },
            append_only=True,
        ),
        RaiseWall(
            "term",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
            },
        ),
        RaiseWall(
            "closure",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
            },
        ),
        RaiseWall(
            "rotation",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
            },
        ),
        RaiseWall(
            "calendarday",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
            },
        ),
        RaiseWall(
            "bellschedule",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
            },
        ),
        RaiseWall(
            "period",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "bell_id": ("schools_bellschedule", "school_id"),
            },
        ),
        RaiseWall(
            "district",
            "district itself",
            {},
        ),
        RaiseWall(
            "idempotencyrecord",
            "district",
            {
                "user_id": ("schools_user", "district_id"),
            },
        ),
        RaiseWall(
            "membership",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "user_id": ("schools_user", "district_id"),
            },
        ),
        RaiseWall(
            "outboxmessage",
            "mixed",
            {
                "school_id": ("schools_school", "district_id"),
            },
        ),
        RaiseWall(
            "setting",
            "mixed",
            {
                "school_id": ("schools_school", "district_id"),
            },
        ),
    ]
