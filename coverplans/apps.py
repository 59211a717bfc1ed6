"""App configuration."""

from django.apps import AppConfig


class CoverplansConfig(AppConfig):
    name = "coverplans"
