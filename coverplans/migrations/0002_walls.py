"""Raise the walls of every table of coverplans: policies, target keys, composite foreign keys."""

from django.db import migrations

from schools.tenancy.operations import RaiseWall


class Migration(migrations.Migration):
    dependencies = [
        ("coverplans", "0001_initial"),
        ("schools", "0002_walls"),
        ("staffing", "0002_walls"),
        ("absences", "0002_walls"),
    ]

    operations = [
        RaiseWall(
            "booking",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "person_id": ("staffing_person", "district_id"),
                "hold_id": ("staffing_personhold", "district_id"),
            },
        ),
        RaiseWall(
            "offer",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "booking_id": ("coverplans_booking", "school_id"),
                "person_id": ("staffing_person", "district_id"),
            },
        ),
        RaiseWall(
            "coverneed",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "lesson_id": ("staffing_lesson", "school_id"),
                "post_id": ("staffing_post", "school_id"),
                "absence_day_id": ("absences_absenceday", "school_id"),
                "stands_with_id": ("coverplans_coverneed", "school_id"),
            },
        ),
        RaiseWall(
            "assignment",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "need_id": ("coverplans_coverneed", "school_id"),
                "person_id": ("staffing_person", "district_id"),
                "post_id": ("staffing_post", "school_id"),
                "booking_id": ("coverplans_booking", "school_id"),
                "into_lesson_id": ("staffing_lesson", "school_id"),
                "hold_id": ("staffing_personhold", "district_id"),
            },
        ),
        RaiseWall(
            "creditentry",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "post_id": ("staffing_post", "school_id"),
                "assignment_id": ("coverplans_assignment", "school_id"),
                "made_by_id": ("schools_user", "district_id"),
            },
            append_only=True,
        ),
        RaiseWall(
            "coverplan",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "made_by_id": ("schools_user", "district_id"),
                "published_by_id": ("schools_user", "district_id"),
            },
        ),
        RaiseWall(
            "explanation",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "plan_id": ("coverplans_coverplan", "school_id"),
                "need_id": ("coverplans_coverneed", "school_id"),
            },
        ),
    ]
