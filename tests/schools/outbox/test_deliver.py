"""Messages are delivered at least once, each in its own door, and one that fails holds nobody up."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from threading import Barrier, Thread
from uuid import UUID

import pytest
import time_machine
from django.core import mail
from django.db import connections

from schools.models import OutboxMessage, School
from schools.outbox import channels
from schools.outbox.announce import announce
from schools.outbox.channels import Notice, register_channel
from schools.outbox.deliver import MAX_ATTEMPTS, Tally, deliver_due, wait_after
from schools.outbox.email import Mail
from schools.services.outbox import send_again
from schools.tenancy.door import inside_door, tenant
from schools.tenancy.scope import Scope
from tests.world import SchoolCast, World, build_world

TOPIC = "test.happened"


@dataclass(frozen=True)
class Kept:
    """A delivery that remembers, outside every door, that it left."""

    notice: Notice
    left: list[Notice]
    was_inside: list[bool]

    def send(self) -> None:
        self.was_inside.append(inside_door())
        self.left.append(self.notice)


class Recorder:
    """A channel that says which schools it saw and what left; `fails` makes it raise."""

    def __init__(self) -> None:
        self.saw: list[set[str]] = []
        self.left: list[Notice] = []
        self.was_inside: list[bool] = []
        self.fails: Callable[[Notice], bool] = lambda notice: False

    def __call__(self, notice: Notice) -> list[Kept]:
        self.saw.append(set(School.objects.values_list("slug", flat=True)))
        if self.fails(notice):
            raise ConnectionError("mail for ada@oak.example was refused")
        return [Kept(notice, self.left, self.was_inside)]


@pytest.fixture
def channel(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder()
    monkeypatch.setitem(channels._channels, TOPIC, [])
    register_channel(TOPIC, recorder)
    return recorder


def tell(cast: SchoolCast, *, once: str = "", **payload: int) -> None:
    with tenant(cast.scope):
        announce(
            TOPIC, district_id=cast.school.district_id, school_id=cast.school.pk, payload=payload, once=once
        )


def messages() -> list[OutboxMessage]:
    with tenant(Scope.system()):
        return list(OutboxMessage.objects.filter(topic=TOPIC).order_by("pk"))


def test_each_message_is_worked_on_in_the_door_of_its_school(world: World, channel: Recorder) -> None:
    tell(world.oak, number=1)
    tell(world.fir, number=2)
    assert deliver_due() == Tally(sent=2)
    assert channel.saw == [{"oak"}, {"fir"}]
    assert [notice.payload for notice in channel.left] == [{"number": 1}, {"number": 2}]


def test_a_message_of_the_district_is_worked_on_in_the_district(world: World, channel: Recorder) -> None:
    with tenant(world.north.scope):
        announce(TOPIC, district_id=world.north.district.pk, school_id=None, payload={})
    deliver_due()
    assert channel.saw == [{"oak", "elm"}]


def test_nothing_is_sent_while_a_door_is_open(world: World, channel: Recorder) -> None:
    tell(world.oak)
    deliver_due()
    assert channel.was_inside == [False]


def test_what_was_sent_is_not_sent_again(world: World, channel: Recorder) -> None:
    tell(world.oak)
    deliver_due()
    assert deliver_due() == Tally()
    assert len(channel.left) == 1
    assert messages()[0].sent_at is not None


def test_once_means_once(world: World, channel: Recorder) -> None:
    tell(world.oak, once="the same")
    tell(world.oak, once="the same")
    assert deliver_due() == Tally(sent=1)


def test_a_topic_nobody_waits_for_is_done_with(world: World) -> None:
    tell(world.oak)
    assert deliver_due() == Tally(sent=1)


def test_one_that_fails_holds_nobody_up(world: World, channel: Recorder) -> None:
    tell(world.oak, number=1)
    tell(world.oak, number=2)
    channel.fails = lambda notice: notice.payload["number"] == 1
    assert deliver_due() == Tally(sent=1, retried=1)


def test_a_failure_is_kept_without_addresses(world: World, channel: Recorder) -> None:
    tell(world.oak)
    channel.fails = lambda notice: True
    deliver_due()
    assert messages()[0].last_error == "ConnectionError: mail for … was refused"


def test_it_comes_back_when_its_time_has_come(world: World, channel: Recorder) -> None:
    with time_machine.travel("2026-11-23T06:00Z", tick=False) as clock:
        tell(world.oak)
        channel.fails = lambda notice: True
        assert deliver_due() == Tally(retried=1)
        assert deliver_due() == Tally()
        channel.fails = lambda notice: False
        clock.shift(dt.timedelta(minutes=1))
        assert deliver_due() == Tally(sent=1)
    assert messages()[0].last_error == ""


def test_after_many_tries_it_is_given_up_and_can_be_sent_again(world: World, channel: Recorder) -> None:
    channel.fails = lambda notice: True
    with time_machine.travel("2026-11-23T06:00Z", tick=False) as clock:
        tell(world.oak)
        for _ in range(MAX_ATTEMPTS - 1):
            assert deliver_due() == Tally(retried=1)
            clock.shift(dt.timedelta(days=1))
        assert deliver_due() == Tally(dead=1)
        clock.shift(dt.timedelta(days=1))
        assert deliver_due() == Tally()
        channel.fails = lambda notice: False
        with tenant(world.oak.scope):
            send_again(message=OutboxMessage.objects.get(), actor=None)
        assert deliver_due() == Tally(sent=1)


def test_waits_double_up_to_six_hours() -> None:
    for attempts, seconds in ((1, 20), (2, 40), (5, 320), (12, 6 * 3600), (30, 6 * 3600)):
        waits = [wait_after(attempts).total_seconds() for _ in range(50)]
        assert seconds * 0.5 <= min(waits) <= max(waits) <= seconds * 1.5
        assert len(set(waits)) > 1


def test_a_process_that_dies_in_the_middle_loses_nothing(world: World, channel: Recorder) -> None:
    class Killed(BaseException):
        """What no handler catches, as when the process ends."""

    def die(notice: Notice) -> bool:
        raise Killed

    with time_machine.travel("2026-11-23T06:00Z", tick=False) as clock:
        tell(world.oak)
        channel.fails = die
        with pytest.raises(Killed):
            deliver_due()
        channel.fails = lambda notice: False
        assert deliver_due() == Tally()
        clock.shift(dt.timedelta(minutes=6))
        assert deliver_due() == Tally(sent=1)


def test_a_limit_leaves_the_rest(world: World, channel: Recorder) -> None:
    for number in range(5):
        tell(world.oak, number=number)
    assert deliver_due(limit=3) == Tally(sent=3)
    assert deliver_due() == Tally(sent=2)


@pytest.mark.django_db(transaction=True)
def test_two_processes_never_send_the_same_message(channel: Recorder) -> None:
    world = build_world()
    for number in range(30):
        tell(world.oak, number=number)
    start, tallies = Barrier(2), []

    def drain() -> None:
        try:
            start.wait(30)
            tallies.append(deliver_due())
        finally:
            connections.close_all()

    threads = [Thread(target=drain) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(notice.payload["number"] for notice in channel.left) == list(range(30))
    assert sum(tally.sent for tally in tallies) == 30


def test_a_mail_says_which_message_it_is_about() -> None:
    about = UUID(int=7)
    first = Mail("ada@oak.example", "Your\ncover", "Room 3", about)
    first.send()
    first.send()
    Mail("ben@oak.example", "Your cover", "Room 3", about).send()
    once, again, other = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert once == again != other
    assert mail.outbox[0].extra_headers["X-Teachercover-Message"] == str(about)
    assert mail.outbox[0].subject == "Your cover"
