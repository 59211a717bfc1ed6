"""The base of every background task: arguments are a scope and ids, and the task opens its own fresh door."""

from typing import Any

from celery import Task

from .door import inside_door


class TenantTask(Task):  # type: ignore[type-arg]  # the stubs parametrise it by the signature
    """Refuses to start inside somebody else's door, and takes only numbers, texts and lists of them."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if inside_door():
            raise RuntimeError("a task opens its own door; it never runs inside a request's")
        for value in [*args, *kwargs.values()]:
            if not isinstance(value, int | str | list | type(None)):
                raise TypeError(f"task arguments are ids, not {type(value).__name__}")
        return super().__call__(*args, **kwargs)
