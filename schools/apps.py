"""App configuration."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "schools"

    def ready(self) -> None:
        from .tenancy import checks  # noqa: F401  registers them; they need the models, which exist only now
