"""Whoever has an answer waiting in the outbox gets no later one before it."""

from __future__ import annotations

from bot.left_behind import LeftBehind


def looked_through() -> LeftBehind:
    behind = LeftBehind()
    behind.seek()
    behind.found_all()
    return behind


def test_at_the_start_anybody_may_have_one_waiting() -> None:
    behind = LeftBehind()
    assert behind.holds("1") and behind
    behind.seek()
    assert behind.holds("1"), "the look is not over yet"
    assert not looked_through().holds("1") and not looked_through()


def test_it_holds_back_this_recipient_alone_until_the_outbox_was_looked_through() -> None:
    behind = looked_through()
    behind.add("1")
    assert behind.holds("1") and not behind.holds("2")
    behind.seek()
    assert behind.holds("1") and behind, "it is being looked for"
    behind.found_all()
    assert not behind.holds("1") and not behind


def test_what_is_left_while_the_outbox_is_looked_through_waits_for_the_next_look() -> None:
    behind = looked_through()
    behind.add("1")
    behind.seek()
    behind.add("2")
    behind.found_all()
    assert behind.holds("2") and not behind.holds("1")
