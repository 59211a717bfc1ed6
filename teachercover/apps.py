"""App configuration of the project itself."""

from django.apps import AppConfig


class TeachercoverConfig(AppConfig):
    """The last app to be ready: it connects the others."""

    name = "teachercover"

    def ready(self) -> None:
        from . import wiring  # the models it needs exist only now

        wiring.connect()
