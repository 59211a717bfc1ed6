"""Raise the walls of every table of staffing: policies, target keys, composite foreign keys."""

from django.db import migrations

from schools.tenancy.operations import RaiseWall


class Migration(migrations.Migration):
    dependencies = [
        ("staffing", "0001_initial"),
        ("schools", "0002_walls"),
    ]

    operations = [
        RaiseWall(
            "person",
            "district",
            {
                "user_id": ("schools_user", "district_id"),
            },
        ),
        RaiseWall(
            "post",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "person_id": ("staffing_person", "district_id"),
            },
        ),
        RaiseWall(
            "personhold",
            "district",
            {
                "person_id": ("staffing_person", "district_id"),
            },
        ),
        RaiseWall(
            "timetable",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "imported_by_id": ("schools_user", "district_id"),
            },
        ),
        RaiseWall(
            "subject",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
            },
        ),
        RaiseWall(
            "section",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
            },
        ),
        RaiseWall(
            "room",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
            },
        ),
        RaiseWall(
            "lesson",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "timetable_id": ("staffing_timetable", "school_id"),
                "period_id": ("schools_period", "school_id"),
                "subject_id": ("staffing_subject", "school_id"),
            },
        ),
        RaiseWall(
            "lessonpost",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "lesson_id": ("staffing_lesson", "school_id"),
                "post_id": ("staffing_post", "school_id"),
            },
        ),
        RaiseWall(
            "lessonsection",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "lesson_id": ("staffing_lesson", "school_id"),
                "section_id": ("staffing_section", "school_id"),
            },
        ),
        RaiseWall(
            "lessonroom",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "lesson_id": ("staffing_lesson", "school_id"),
                "room_id": ("staffing_room", "school_id"),
            },
        ),
        RaiseWall(
            "substituteprofile",
            "district",
            {
                "person_id": ("staffing_person", "district_id"),
            },
        ),
        RaiseWall(
            "credential",
            "district",
            {
                "person_id": ("staffing_person", "district_id"),
            },
        ),
        RaiseWall(
            "availability",
            "district",
            {
                "person_id": ("staffing_person", "district_id"),
            },
        ),
        RaiseWall(
            "preference",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "person_id": ("staffing_person", "district_id"),
            },
        ),
        RaiseWall(
            "workinghours",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "post_id": ("staffing_post", "school_id"),
            },
        ),
        RaiseWall(
            "protectedperiod",
            "school",
            {
                "school_id": ("schools_school", "district_id"),
                "post_id": ("staffing_post", "school_id"),
                "period_id": ("schools_period", "school_id"),
            },
        ),
    ]
