"""Background work: every task opens its own door, and every name by which one is called exists."""

import ast

from django.conf import settings

from schools.tenancy.tasks import TenantTask
from teachercover.celery import app

from .tree import APPS, name_of, parsed, sources

CALLS_BY_NAME = {"send_task", "signature", "enqueue"}


def our_tasks() -> dict[str, object]:
    app.autodiscover_tasks(force=True)
    return {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}


def test_every_task_opens_its_own_door() -> None:
    assert [name for name, task in our_tasks().items() if not isinstance(task, TenantTask)] == []


def test_a_task_is_named_after_its_app() -> None:
    assert [name for name in our_tasks() if name.split(".")[0] not in APPS] == []


def test_every_scheduled_task_exists() -> None:
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled
    assert scheduled <= set(our_tasks())


def test_every_task_called_by_its_name_exists() -> None:
    assert [where for name, where in _names_called() if name not in our_tasks()] == []


def _names_called() -> list[tuple[str, str]]:
    found = []
    for path in sources():
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if called in CALLS_BY_NAME and isinstance(first, ast.Constant):
                found.append((str(first.value), f"{name_of(path)}:{node.lineno}"))
    return found
