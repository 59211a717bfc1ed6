"""The Celery application. Tasks are found in each app's `tasks` module; every task is a `TenantTask`."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teachercover.settings")
# Only where Celery begins the process; the web, which sends a nudge now and then, has read its settings by now.
if not settings.configured:
    # A forking worker closes its pool after every task, so workers do without one.
    os.environ.setdefault("DB_POOL", "false")
    # Workers find work across districts, which the web's login may not.
    if worker_login := os.environ.get("WORKER_DATABASE_URL"):
        os.environ["DATABASE_URL"] = worker_login

app = Celery("teachercover", task_cls="schools.tenancy.tasks:TenantTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
