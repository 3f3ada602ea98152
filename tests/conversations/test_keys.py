"""The keys that rest below a chat: there after each answer, and under no message."""

from __future__ import annotations

from tests.conversations.town import Town


async def test_an_answer_brings_no_buttons_but_keys_that_stay(town: Town) -> None:
    await town.member.says("签到")
    assert town.member.buttons() == []
    assert town.member.at_hand()[:2] == ["签到", "求助"]
    await town.member.says("我搬到昆山了")
    assert town.member.buttons() and town.member.at_hand()[:2] == ["签到", "求助"]


async def test_a_tapped_key_is_no_answer_to_the_question_before(town: Town) -> None:
    await town.member.says("签到")
    await town.member.presses("求助")
    assert "平安" in await town.member.presses("签到")


async def test_a_tapped_key_is_no_word_to_a_note(town: Town) -> None:
    await town.liaison.says("记 石远 打过电话")
    await town.liaison.presses("平安")
    assert "在外 2 人" in await town.liaison.presses("谁失联了")


async def test_every_key_does_what_it_says_in_either_tongue(town: Town) -> None:
    for code in ("中文", "English"):
        for who in (town.member, town.secretary):
            await who.says(code)
            for key in who.at_hand():
                answer = await who.says(key)
                assert answer
                assert "没看懂" not in answer and "not understand" not in answer, (key, answer)


async def test_whoever_gets_it_by_sms_instead_is_not_offered_seven_numbers(town: Town) -> None:
    town.world.block(town.member.phone.id)
    await town.settles()
    assert "回1" not in await town.member.says("QD", by="sms")
