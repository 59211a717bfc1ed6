"""The one function from an id to an object."""

import uuid
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.core.validators import slug_re
from django.db import models
from django.http import Http404

_M = TypeVar("_M", bound=models.Model)


class NotFound(ValueError):
    """An id in a body or a filter that does not exist in the open door. The message is the same for a foreign row."""


def find(
    model: type[_M], public_id: uuid.UUID | str, *, locked: bool = False, related: tuple[str, ...] = ()
) -> _M:
    """The row with this outside id in the open door.

    `locked` takes a row lock for the transaction. Raises Http404 when it does not exist, lies behind a wall, or is malformed.
    """
    try:
        return _get(model, public_id, locked=locked, related=related)
    except NotFound as missing:
        raise Http404(str(missing)) from missing


def named(model: type[_M], public_id: Any) -> _M:
    """The same for an id that came in a body or a filter. Raises NotFound, which becomes a 400."""
    return _get(model, public_id, locked=False, related=())


def _get(model: type[_M], public_id: Any, *, locked: bool, related: tuple[str, ...]) -> _M:
    column = "slug" if any(field.name == "slug" for field in model._meta.fields) else "uuid"
    try:
        key = _slug(str(public_id)) if column == "slug" else uuid.UUID(str(public_id))
    except ValueError as malformed:
        raise NotFound(_missing(model)) from malformed
    rows = model._default_manager.select_related(*related) if related else model._default_manager.all()
    if locked:
        rows = rows.select_for_update(of=("self",))
    try:
        return rows.get(**{column: key})
    except ObjectDoesNotExist as missing:
        raise NotFound(_missing(model)) from missing


def _slug(text: str) -> str:
    if not slug_re.fullmatch(text):
        raise ValueError("not a slug")
    return text


def _missing(model: type[models.Model]) -> str:
    return f"There is no such {model._meta.verbose_name} here."
