"""Who makes something of a message: each topic's channels, registered by `teachercover/wiring.py`."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Notice:
    """A message of the outbox as a channel reads it. `uuid` is the same each time it is tried."""

    uuid: UUID
    topic: str
    district_id: int
    school_id: int | None
    payload: dict[str, Any]
    created_at: dt.datetime


class Delivery(Protocol):
    """Something that leaves the system. Raises when it did not leave; then the whole message is tried again later."""

    def send(self) -> None: ...


Channel = Callable[[Notice], Sequence[Delivery]]
"""Reads what it needs inside the door of the message's school (or district) and says what is to leave. Sending comes after the
door is closed: a slow mail server holds no transaction open."""

_channels: dict[str, list[Channel]] = defaultdict(list)


def register_channel(topic: str, channel: Channel) -> None:
    """Let a channel hear of a topic. Registering the same again does nothing."""
    if channel not in _channels[topic]:
        _channels[topic].append(channel)


def channels_of(topic: str) -> tuple[Channel, ...]:
    """The channels of a topic, in the order of registration; none for a topic that nobody waits for."""
    return tuple(_channels.get(topic, ()))
