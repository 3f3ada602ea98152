"""Each invariant of letters and campaigns is broken once on purpose, and says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.delivery import Delivery
from handlers.for_members import FOR_MEMBERS
from storage.addresses import Address
from tests.simulation.broken import a_lesson_goes_out, everybody_writes, found_in, nothing_is_broken
from tests.simulation.invariants import Leaving, QuietHours
from tests.simulation.officers import Officer
from tests.simulation.person import HOUR
from tests.simulation.plan import START
from tests.simulation.world import World


def test_a_sending_that_is_never_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    async def forgets(_delivery: Delivery, _attempts: object) -> None:
        """As if the disk had said yes."""

    def sabotage(world: World) -> None:
        world.records.breaks(
            """CREATE TRIGGER forgets AFTER UPDATE OF unsure ON outbox WHEN NEW.unsure > 0
            BEGIN UPDATE outbox SET unsure = 0 WHERE id = NEW.id; END"""
        )
        everybody_writes(world)

    monkeypatch.setattr(Delivery, "_record", forgets)
    assert "two copies" in found_in(sabotage, days=0.06, members=4)


def test_an_address_that_is_written_to_though_it_is_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    def sabotage(world: World) -> None:
        for person in world.book.people:
            person.blocks(True)

    monkeypatch.setattr(Address, "usable", True)
    assert "no shut address" in found_in(sabotage, days=3)


def test_a_network_that_is_not_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def sabotage(world: World) -> None:
        world.telegram._fate = lambda: "flood"  # type: ignore[method-assign]
        everybody_writes(world)

    monkeypatch.setattr("bot.outcomes.wait_after", lambda _attempts, _asked: timedelta(seconds=1))
    assert "waits as asked" in found_in(sabotage, days=0.06, members=4)


def test_a_name_that_is_told_to_a_number_nobody_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    def sabotage(world: World) -> None:
        world.records.breaks("UPDATE addresses SET verified_at = NULL")

    monkeypatch.setattr(Address, "verified", True)
    assert "nothing personal" in found_in(sabotage)


def test_a_name_in_an_sms_to_the_office(monkeypatch: pytest.MonkeyPatch) -> None:
    def sabotage(world: World) -> None:
        for person in world.book.people:
            if isinstance(person, Officer) and person.charges:
                person.says(f"记 {person.charges[0]} 打过电话", by="sms")

    monkeypatch.setattr("handlers.contact_note.masked", lambda name: name)
    assert "nothing personal" in found_in(sabotage)


def test_a_recipient_without_a_letter() -> None:
    def sabotage(world: World) -> None:
        world.records.breaks(
            """CREATE TRIGGER forgets AFTER UPDATE OF letter_id ON campaign_recipients
            BEGIN UPDATE campaign_recipients SET letter_id = NULL WHERE letter_id IS NOT NULL; END"""
        )
        a_lesson_goes_out(world)

    assert "campaign accounted for" in found_in(sabotage)


def test_a_member_whom_a_lesson_passes_by() -> None:
    def sabotage(world: World) -> None:
        world.records.breaks(
            """CREATE TRIGGER forgets AFTER INSERT ON campaign_recipients
            BEGIN DELETE FROM campaign_recipients WHERE person_id = NEW.person_id; END"""
        )
        a_lesson_goes_out(world)

    assert "campaign accounted for" in found_in(sabotage)


@pytest.mark.parametrize(
    ("statement", "invariant"),
    [
        ("UPDATE members SET silent_after = silent_after + 86400000000", "silence agrees"),
        ("UPDATE members SET last_contact_at = last_contact_at - 86400000000", "silence agrees"),
        ("DELETE FROM contacts", "silence agrees"),
        ("UPDATE tallies SET n = n + 1", "tallies agree"),
    ],
)
def test_a_file_that_something_else_wrote_to(statement: str, invariant: str) -> None:
    def sabotage(world: World) -> None:
        world.later(19.9 * HOUR, lambda: world.records.breaks(statement))

    assert invariant in found_in(sabotage)


def test_a_letter_that_nobody_takes_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def finds_nothing(*_what: object, **_which: object) -> list[Any]:
        return []

    monkeypatch.setattr("storage.claiming.due_letters", finds_nothing)
    assert "nothing lies" in found_in(nothing_is_broken, days=2)


def test_a_handler_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(*_what: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(FOR_MEMBERS, "check_in", breaks)
    assert {"no fault of ours", "nothing lost"} <= found_in(everybody_writes)


def test_a_letter_at_night() -> None:
    def sabotage(world: World) -> None:
        night = START.replace(hour=2)
        row = world.records.one("SELECT 'reminder' AS kind, '' AS zone, '' AS cause, NULL AS at_any_hour")
        reply = world.records.one("SELECT 'reply' AS kind")
        rule = QuietHours(world)
        assert list(rule.letter_leaves(Leaving("sms", "+8613800000001", "x", "", night, row)))
        assert not list(rule.letter_leaves(Leaving("sms", "+8613800000001", "x", "", night, reply)))
        day = START.replace(hour=20)
        assert not list(rule.letter_leaves(Leaving("sms", "+8613800000001", "x", "", day, row)))

    assert found_in(sabotage) == set()


def test_a_crash_loses_nothing_and_the_power_comes_back() -> None:
    """The fuse goes at every statement of a word's way, one after the other."""

    def sabotage(world: World) -> None:
        person = next(one for one in world.book.people if one.name in world.book.members and one.number)
        for n in range(1, 60):
            at = n * HOUR / 2
            world.later(at, lambda n=n: world.process.disk.light_fuse(n))  # type: ignore[misc]
            world.later(at + 1, lambda: person.says("QD", by="sms"))

    assert found_in(sabotage, days=2) == set()
