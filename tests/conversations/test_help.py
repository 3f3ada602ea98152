"""求助: it reaches the liaison at once, urgent the secretary too, and says whom to call. (S22)"""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations.town import Door, Town

by_both = pytest.mark.parametrize("by", ["chat", "sms"])


@by_both
async def test_trouble_told_reaches_the_liaison_with_words_and_number(town: Town, by: Door) -> None:
    said = await town.member.says("工资拖了两个月", by=by)
    assert "12333" in said and "联系人" in said
    told = await town.liaison.reads()
    assert "石远" in told and "工资拖了两个月" in told and "139 0000 0003" in told
    assert await town.secretary.reads() == ""
    assert (await town.member.file()).last_contact_kind == "help"


@by_both
@pytest.mark.parametrize("word", ["求助", "QZ", "/ask"])
async def test_the_bare_word_asks_what_and_the_answer_goes_on_whole(town: Town, word: str, by: Door) -> None:
    assert "什么难处" in await town.member.says(word, by=by)
    assert await town.liaison.reads() == ""
    assert "12333" in await town.member.says("老板拖着工资不给，我搬到昆山了", by=by)
    assert "老板拖着工资不给，我搬到昆山了" in await town.liaison.reads()
    assert (await town.member.file()).place_code == ""


async def test_the_button_asks_what(town: Town) -> None:
    await town.member.says("签到")
    assert "什么难处" in await town.member.presses("求助")
    await town.member.says("想找人说说话")
    assert "想找人说说话" in await town.liaison.reads()


@by_both
@pytest.mark.parametrize(
    ("words", "call"), [("着火了快救我", "119"), ("救命", "110"), ("我不想活了", "12356")]
)
async def test_what_cannot_wait_reaches_the_secretary_too(
    town: Town, words: str, call: str, by: Door
) -> None:
    assert call in await town.member.says(words, by=by)
    for reader in (town.liaison, town.secretary):
        told = await reader.reads()
        assert "紧急求助" in told and words in told


@by_both
async def test_urgent_words_in_answer_to_the_question_are_urgent(town: Town, by: Door) -> None:
    await town.member.says("求助", by=by)
    assert "110" in await town.member.says("救命", by=by)
    assert "紧急求助" in await town.secretary.reads()


@by_both
async def test_whoever_pressed_by_mistake_is_not_passed_on(town: Town, by: Door) -> None:
    nothing = [(words, "没有改动") for words in ("不用了", "没事了", "算了", "按错了", "不好意思，点错了")]
    for way_out, said in [("签到", "下次"), ("谢谢", "随时"), *nothing]:
        town.clock.wind(timedelta(minutes=11))
        await town.member.says("求助", by=by)
        assert said in await town.member.says(way_out, by=by)
    assert await town.liaison.reads() == ""


@by_both
async def test_without_a_liaison_it_goes_to_the_secretary(town: Town, by: Door) -> None:
    alone = await town.moves_in("alone", "程单", "+8613900000031")
    assert "联系人" in await alone.says("工资拖了两个月", by=by)
    assert "工资拖了两个月" in await town.secretary.reads()


@by_both
async def test_a_liaison_out_of_reach_is_passed_by(town: Town, by: Door) -> None:
    await town.moves_in("away", "卞离", "+8613900000032", on_roster=False, joined=False, role="liaison")
    left = await town.moves_in("left", "程单", "+8613900000031", liaison="away")
    assert "联系人" in await left.says("工资拖了两个月", by=by)
    assert "工资拖了两个月" in await town.secretary.reads()


async def test_after_a_stop_help_is_heard_all_the_same(town: Town) -> None:
    await town.old.says("TD", by="sms")
    assert "12333" in await town.old.says("工资拖了两个月", by="sms")
    assert "工资拖了两个月" in await town.liaison.reads()


async def test_a_cry_that_fails_on_its_way_goes_one_up(town: Town) -> None:
    for phone in (town.liaison.phone, town.secretary.phone):
        town.world.block(phone.id)
    town.world.switch_off(town.liaison.phone.id)
    assert "联系人" in await town.old.says("工资拖了两个月", by="sms")
    await town.passes(minutes=1)
    told = await town.secretary.reads("sms")
    assert "欧阳**" in told and "请您接手" in told
    await town.passes(minutes=5)
    assert await town.secretary.reads("sms") == "", "once is enough"


async def test_the_one_above_reads_what_the_liaison_would_have_read(town: Town) -> None:
    town.world.block(town.liaison.phone.id)
    town.world.switch_off(town.liaison.phone.id)
    await town.old.says("工资拖了两个月", by="sms")
    await town.passes(minutes=1)
    told = await town.secretary.reads("chat")
    assert "工资拖了两个月" in told and "139 0000 0004" in told and "请您接手" in told
    assert "欧阳山" in await town.secretary.presses("打开资料")


async def test_whoever_nobody_heard_is_told_so_once(town: Town) -> None:
    for phone in (town.liaison.phone, town.secretary.phone):
        town.world.block(phone.id)
        town.world.switch_off(phone.id)
    await town.old.says("工资拖了两个月", by="sms")
    await town.passes(minutes=1)
    await town.passes(minutes=10)
    assert (await town.old.reads("sms")).count("没能送到") == 1


async def test_a_cry_that_was_heard_goes_no_further(town: Town) -> None:
    await town.old.says("工资拖了两个月", by="sms")
    await town.passes(minutes=10)
    assert "工资拖了两个月" in await town.liaison.reads()
    assert await town.secretary.reads() == ""


@by_both
@pytest.mark.parametrize("words", ["我快死了，救我", "救我", "我快不行了"])
async def test_a_cry_is_no_small_talk(town: Town, words: str, by: Door) -> None:
    assert "110" in await town.member.says(words, by=by)
    assert "紧急求助" in await town.secretary.reads()


@by_both
async def test_pay_that_did_not_come_is_trouble_in_any_order(town: Town, by: Door) -> None:
    assert "12333" in await town.member.says("工资两个月没发了", by=by)


@by_both
async def test_nobody_is_told_that_they_are_well_by_words_that_were_not_understood(
    town: Town, by: Door
) -> None:
    answer = await town.member.says("骨头缝里钻心地难熬", by=by)
    assert "平安" not in answer and "要转给" in answer
