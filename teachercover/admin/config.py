"""Which admin site the project uses."""

from django.contrib.admin.apps import AdminConfig


class TeachercoverAdminConfig(AdminConfig):
    """The admin's app configuration with our own site."""

    default_site = "teachercover.admin.site.OfficeSite"
