"""Each invariant is broken once on purpose, and says so. What is never red guards nothing."""

from __future__ import annotations

import pytest

from storage.inbox import Raw
from tests.simulation.broken import a_lesson_goes_out, everybody_writes, found_in, nothing_is_broken
from tests.simulation.person import HOUR
from tests.simulation.words import Word
from tests.simulation.world import World


def test_nothing_is_found_where_nothing_is_broken() -> None:
    assert found_in(nothing_is_broken) == set()


def test_a_word_that_is_dropped_after_its_200() -> None:
    def sabotage(world: World) -> None:
        async def is_taken(word: Word) -> bool:
            world.watch.word_brought(word)
            world.process.disk.steps += 1
            return True

        world.inbound._is_taken = is_taken  # type: ignore[method-assign]
        everybody_writes(world)

    assert "nothing lost" in found_in(sabotage)


def test_a_word_that_comes_again_under_another_id() -> None:
    def sabotage(world: World) -> None:
        really = world.inbound._is_taken

        async def is_taken(word: Word) -> bool:
            app = world.process.app
            await world.process.does(app.intake.keep([Raw("sms", f"{word.id}x", word.payload())]))
            return await really(word)

        world.inbound._is_taken = is_taken  # type: ignore[method-assign]
        everybody_writes(world)

    assert "counted once" in found_in(sabotage)


def test_an_answer_that_is_forgotten() -> None:
    def sabotage(world: World) -> None:
        world.records.breaks(
            """CREATE TRIGGER forgets AFTER UPDATE OF answered_at ON campaign_recipients
            BEGIN UPDATE campaign_recipients SET answered_at = NULL
            WHERE campaign_id = NEW.campaign_id; END"""
        )
        a_lesson_goes_out(world)

    assert "answer kept" in found_in(sabotage)


def test_an_occurrence_that_is_not_kept() -> None:
    def sabotage(world: World) -> None:
        world.later(
            HOUR / 2,
            lambda: world.records.breaks(
                """CREATE TRIGGER forgets AFTER INSERT ON occurrences
                BEGIN DELETE FROM occurrences WHERE job = NEW.job AND slot = NEW.slot; END"""
            ),
        )
        for hours in range(2, 12):
            world.later(hours * HOUR, lambda: everybody_writes(world))

    assert {"each slot once", "told once"} <= found_in(sabotage)


def test_a_slot_that_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    async def is_taken_by_another(*_what: object) -> bool:
        return False

    monkeypatch.setattr("bot.clockwork.occurrences.take", is_taken_by_another)
    assert "each slot once" in found_in(nothing_is_broken, days=3)
