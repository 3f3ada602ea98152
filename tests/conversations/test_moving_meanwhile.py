"""Whoever moves while a lesson is on its way gets it in the hours of the new place."""

from __future__ import annotations

from tests.conversations.test_ladder import LESSON, telegram_out_of_reach
from tests.conversations.test_lesson import sends
from tests.conversations.town import Speaker, Town


async def moves(who: Speaker, words: str) -> None:
    await who.says(words)
    await who.presses("对")
    await who.town.ticks()


async def test_whoever_was_asleep_there_is_awake_here(town: Town) -> None:
    await moves(town.member, "我到英国伦敦打工了")
    await sends(town.secretary)
    await town.member.reads()
    await town.passes(minutes=30)
    assert LESSON not in await town.member.reads(), "it is half past two at night there"
    await town.member.says("我搬到乌鲁木齐了")
    await town.member.presses("对")
    await town.ticks()
    assert any(LESSON in message.text for message in town.world.chat(town.member.phone.id))


async def test_whoever_is_asleep_by_now_is_not_woken_by_what_is_tried_again(town: Town) -> None:
    with telegram_out_of_reach(town):
        await sends(town.secretary)
    await moves(town.member, "我到英国伦敦打工了")
    await town.member.reads()
    await town.passes(hours=5, minutes=50)
    assert LESSON not in await town.member.reads() and await town.member.reads("sms") == ""
    await town.passes(minutes=40)
    assert LESSON in await town.member.reads() or await town.member.reads("sms")
