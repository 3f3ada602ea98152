"""News as members write it: glued to a code word, two facts at once, places far off or made up."""

from __future__ import annotations

import pytest

from content.rules.understanding.greeting import is_greeting
from tests.conversations.town import Door, Town

by_both = pytest.mark.parametrize("by", ["chat", "sms"])


@by_both
async def test_a_code_word_and_its_matter_may_be_glued(town: Town, by: Door) -> None:
    assert "木工" in await town.member.says("GZ木工", by=by)
    await town.member.says("对", by=by)
    assert (await town.member.file()).job == "木工"


@by_both
async def test_two_facts_of_one_sentence_are_both_kept(town: Town, by: Door) -> None:
    assert "无锡" in await town.member.says("我搬到无锡了，换到快递站上班", by=by)
    assert "快递站" in await town.member.says("对", by=by)
    await town.member.says("对", by=by)
    file = await town.member.file()
    assert (file.place_code, file.employer) == ("320200", "快递站")


@by_both
async def test_the_inn_behind_a_long_place_is_not_lost(town: Town, by: Door) -> None:
    await town.member.says("搬到雷山县西江千户苗寨某某客栈", by=by)
    await town.member.says("对", by=by)
    assert "某某客栈" in (await town.member.file()).address


@by_both
async def test_a_place_abroad_is_read_back_and_kept(town: Town, by: Door) -> None:
    assert "新加坡" in await town.member.says("我到新加坡了", by=by)
    await town.member.says("对", by=by)
    assert (await town.member.file()).address == "新加坡"
    assert "住处境外" in await town.member.says("我的资料", by="sms")
    assert "没登记→境外" in await town.member.presses("改动", by="sms")
    await town.secretary.reads()
    assert "省外 1" in await town.secretary.says("统计")


@by_both
async def test_a_place_nobody_knows_is_asked_about(town: Town, by: Door) -> None:
    assert "没认出" in await town.member.says("搬到阿斯加德了", by=by)
    asked = await town.member.says("好的", by=by)
    assert "阿斯加德" in asked and "好的" not in asked
    assert (await town.member.file()).address == ""


@by_both
@pytest.mark.parametrize("words", ["你好", "在吗？", "书记您好，在吗"])
async def test_a_greeting_is_greeted(town: Town, words: str, by: Door) -> None:
    answer = await town.member.says(words, by=by)
    assert "您好" in answer and "知道您平安" in answer and "没看懂" not in answer
    assert await town.liaison.reads() == ""


async def test_an_office_holder_is_greeted_with_what_they_can_do(town: Town) -> None:
    assert "谁失联了" in await town.liaison.says("在吗")


@pytest.mark.parametrize("words", ["好", "在", "你好好干", "在吗我搬家了", ""])
def test_more_than_a_greeting_is_none(words: str) -> None:
    assert not is_greeting(words)


@by_both
@pytest.mark.parametrize("words", ["失联", "名单", "找欧阳山", "发课", "记 欧阳山 打过电话"])
async def test_words_of_the_office_are_refused_kindly_and_tell_nothing(
    town: Town, words: str, by: Door
) -> None:
    answer = await town.member.says(words, by=by)
    assert "这是联系人和书记用的" in answer
    assert "欧阳" not in answer and "按时" not in answer


@by_both
async def test_trouble_comes_before_a_name_to_look_up(town: Town, by: Door) -> None:
    both = await town.moves_in("both", "文双", "+8613900000031", liaison="liaison", role="liaison")
    assert "110" in await both.says("找老板要工资被打了", by=by)
    assert "【紧急求助】文双" in await town.liaison.reads()


@by_both
async def test_an_office_holder_off_the_roster_is_told_whom_to_call(town: Town, by: Door) -> None:
    assert "110" in await town.liaison.says("找老板要工资被打了", by=by)


async def test_a_secretary_reads_who_else_knows(town: Town) -> None:
    await town.member.says("救命")
    assert "联系人孟联也收到了" in await town.secretary.reads()
    assert "也收到了" not in await town.liaison.reads()


async def test_a_secretary_is_asked_to_step_in_where_there_is_no_liaison(town: Town) -> None:
    alone = await town.moves_in("alone", "单十", "+8613900000032")
    await alone.says("工资拖了两个月")
    assert "还没有联系人，请您来跟进" in await town.secretary.reads()


@by_both
async def test_urgent_help_says_who_comes_next(town: Town, by: Door) -> None:
    answer = await town.member.says("救命", by=by)
    assert "110" in answer and "120" in answer and "会马上联系您" in answer


async def test_whoever_leaves_again_has_not_only_moved(town: Town) -> None:
    await town.member.says("我回来了")
    await town.member.presses("对，回来了")
    await town.liaison.reads()
    await town.member.says("我去苏州打工了")
    await town.member.presses("对")
    told = await town.liaison.reads()
    assert "石远（柳湾村党支部）又外出了，现住：江苏省苏州市" in told and "原来" not in told


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("GZ 鑫达五金厂，质检", "工作：鑫达五金厂质检。"),
        ("GZ 快递员", "工作：快递员。"),
        ("GZ 在家门口开网店", "工作：在家门口开网店。"),
        ("GZ 顺丰快递站", "工作：顺丰快递站。"),
    ],
)
async def test_any_work_reads_right(town: Town, words: str, read: str) -> None:
    await town.member.says(words)
    assert read in await town.member.presses("对")


@by_both
async def test_a_greeting_answers_no_question(town: Town, by: Door) -> None:
    await town.member.says("GZ", by=by)
    assert "您好" in await town.member.says("你好", by=by)
    await town.member.says("求助", by=by)
    assert "您好" in await town.member.says("在吗", by=by)
    assert await town.liaison.reads() == ""
