"""A lesson is answered by button, number or letter, and its sender sees who answered. (S5)"""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations.office import screen
from tests.conversations.test_lesson import sends
from tests.conversations.town import Town


@pytest.mark.parametrize("words", ["2", "B", "b", "选B"])
async def test_a_number_or_a_letter_by_sms(town: Town, words: str) -> None:
    await sends(town.liaison)
    await town.old.reads("sms")
    answer = await town.old.says(words, by="sms")
    assert (
        answer == "【联动】答对了！农民工工资支付条例第十一条：工资要用货币支付，不得用实物或有价证券代替。"
    )
    assert len(town.world.sms(town.old.phone.id)[-1].parts) == 1
    assert (await town.old.file()).last_contact_kind == "answer"


async def test_a_button_or_a_letter_in_the_chat(town: Town) -> None:
    await sends(town.liaison)
    await town.member.reads()
    assert "没答对，没关系。正确的是“不行，工资要用钱发”" in await town.member.presses("行，总比没有强")


async def test_a_letter_typed_into_the_chat(town: Town) -> None:
    await sends(town.liaison)
    await town.member.reads()
    assert "答对了" in await town.member.says("B")


async def test_a_wrong_answer_is_explained_in_one_part(town: Town) -> None:
    await sends(town.liaison)
    await town.old.reads("sms")
    assert "正确的是B。农民工工资支付条例第十一条" in await town.old.says("A", by="sms")
    assert len(town.world.sms(town.old.phone.id)[-1].parts) == 1


async def test_the_first_answer_counts(town: Town) -> None:
    await sends(town.liaison)
    await town.old.reads("sms")
    await town.old.says("1", by="sms")
    again = await town.old.says("2", by="sms")
    assert "以第一次为准" in again
    assert "欧阳山 · 已答，答错" in await town.liaison.presses("看回执")


async def test_the_report_says_person_by_person_and_refreshes_in_place(town: Town) -> None:
    await sends(town.liaison)
    report = await town.liaison.presses("看回执")
    assert "共 2 人：发出 2，送达 2，已答 0（答对 0），还没答 2，发不到 0。" in report
    assert "石远 · 已送达，还没答" in report and "欧阳山 · 已送达，还没答" in report
    shown = len(town.world.chat(town.liaison.phone.id))
    await town.member.presses("不行，工资要用钱发")
    town.clock.wind(timedelta(minutes=5))
    await town.liaison.presses("刷新")
    assert "石远 · 已答，答对" in screen(town.liaison) and "截至 10:05" in screen(town.liaison)
    assert "已答 1（答对 1），还没答 1" in screen(town.liaison)
    await town.liaison.presses("刷新")
    assert len(town.world.chat(town.liaison.phone.id)) == shown


async def test_a_number_that_fails_is_shown_as_not_reached(town: Town) -> None:
    town.world.switch_off(town.old.phone.id)
    await sends(town.liaison)
    await town.ticks()
    report = await town.liaison.presses("看回执")
    assert "欧阳山 · 发不到，已派人转告" in report and "发不到 1。" in report and "还缺 1 人" in report


async def test_a_blocked_chat_is_not_a_lost_member(town: Town) -> None:
    town.world.private_chat(town.member.phone.id).blocked = True
    await sends(town.liaison)
    assert "工资要用钱发" in await town.member.reads("sms")
    assert "答对了" in await town.member.says("B", by="sms")


async def test_whoever_looks_after_its_members_sees_how_far_a_lesson_reached(town: Town) -> None:
    await sends(town.liaison)
    await town.secretary.says("/lessons")
    assert "共 2 人" in await town.secretary.presses("工资被拖欠")


async def test_a_lesson_that_was_for_none_of_ones_members_is_not_seen(town: Town) -> None:
    other = await town.moves_in("other", "葛二", "+8613900000044", on_roster=False, role="liaison")
    await sends(town.liaison)
    assert "还没有发过课" in await other.says("/lessons")


async def test_the_latest_lesson_can_be_asked_for_again_and_answered(town: Town) -> None:
    assert "还没有给您发过课" in await town.member.says("/lesson")
    await sends(town.liaison)
    await town.member.reads()
    assert "【工资被拖欠" in await town.member.says("/lesson")
    assert "答对了" in await town.member.presses("不行，工资要用钱发")
