"""The Celery application. Tasks are found in each app's `tasks` module; every task is a `TenantTask`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teachercover.settings")
# A forking worker closes its pool after every task, so workers do without one.
os.environ.setdefault("DB_POOL", "false")

app = Celery("teachercover", task_cls="schools.tenancy.tasks:TenantTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
