"""A problem as compressed canonical JSON, kept beside its plan, and as a fingerprint of everything that matters."""

import datetime as dt
import hashlib
import json
import types
import typing
import zlib
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache

from coverplans.matching.instance import canonical
from coverplans.matching.problem import Problem

FORMAT = 1
"""Raised when a stored problem of an older shape could no longer be read."""


def encode(problem: Problem) -> bytes:
    """The problem as zlib-compressed canonical JSON."""
    return zlib.compress(_canonical_json({"format": FORMAT, "problem": _plain(canonical(problem))}), 6)


def decode(stored: bytes) -> Problem:
    """The problem that `encode` stored. Raises ValueError for anything else."""
    try:
        content = json.loads(zlib.decompress(stored))
    except (zlib.error, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError("This isn't a stored planner problem.") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError("This planner problem was stored in a format that can't be read any more.")
    return typing.cast(Problem, _built(Problem, content["problem"]))


def input_hash(problem: Problem) -> str:
    """SHA-256 of the canonical problem without the clock: equal when nothing that matters has changed.

    The clock counts only through the needs that have begun, so a plan isn't stale because a minute has passed.
    """
    content = _plain(canonical(problem))
    content["now"] = sorted(need.key for need in problem.needs if need.starts <= problem.now)
    return hashlib.sha256(_canonical_json(content)).hexdigest()


def _canonical_json(content: object) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(value: typing.Any) -> typing.Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else value


@cache
def _field_types(shape: type) -> dict[str, typing.Any]:
    return typing.get_type_hints(shape)


def _built(shape: typing.Any, value: typing.Any) -> typing.Any:
    """Rebuilds a value of the annotated type from plain JSON data."""
    origin = typing.get_origin(shape)
    if origin is types.UnionType:
        (inner,) = [option for option in typing.get_args(shape) if option is not types.NoneType]
        return None if value is None else _built(inner, value)
    if origin is tuple:
        return tuple(_built(typing.get_args(shape)[0], item) for item in value)
    if isinstance(shape, type) and is_dataclass(shape):
        hints = _field_types(shape)
        return shape(**{name: _built(hints[name], item) for name, item in value.items()})
    if shape is dt.date:
        return dt.date.fromisoformat(value)
    return shape(value) if isinstance(shape, type) and issubclass(shape, Enum) else value
