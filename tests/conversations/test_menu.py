"""What can be done, and words that belong to no journey, or to several."""

from __future__ import annotations

import pytest

from tests.conversations.town import Door, Town
from tests.conversations.ways_in import history_of

by_both = pytest.mark.parametrize("by", ["chat", "sms"])


@by_both
async def test_the_menu_says_what_to_write(town: Town, by: Door) -> None:
    menu = await town.member.says("菜单", by=by)
    assert "签到" in menu
    assert by == "chat" or "QZ求助" in menu


async def test_the_command_menu_is_that_of_the_role(town: Town) -> None:
    await town.member.says("/menu")
    await town.liaison.says("/menu")
    assert "silent" not in dict(town.world.menu(town.member.phone.id))
    assert "silent" in dict(town.world.menu(town.liaison.phone.id))


@by_both
async def test_unknown_words_are_passed_on_only_when_the_member_says_so(town: Town, by: Door) -> None:
    assert "转给" in await town.member.says("今天风好大", by=by)
    assert await town.liaison.reads() == ""
    assert "已转给" in await town.member.presses("转给联系人", by=by)
    assert "今天风好大" in await town.liaison.reads()


@by_both
@pytest.mark.parametrize("yes", ["1", "好的"])
async def test_a_yes_passes_them_on(town: Town, yes: str, by: Door) -> None:
    await town.member.says("今天风好大", by=by)
    await town.member.says(yes, by=by)
    assert "今天风好大" in await town.liaison.reads()


@by_both
@pytest.mark.parametrize("words", ["请问医保怎么转？", "我有个建议，党课太长了"])
async def test_questions_and_opinions_are_passed_on_at_once(town: Town, words: str, by: Door) -> None:
    assert "已转给" in await town.member.says(words, by=by)
    assert words[-4:-1] in await town.liaison.reads()


@by_both
@pytest.mark.parametrize("word", ["JF", "积分", "补课", "活动证"])
async def test_what_the_program_cannot_do_yet_is_offered_to_the_liaison(
    town: Town, word: str, by: Door
) -> None:
    assert "联系人来办" in await town.member.says(word, by=by)
    await town.member.says("1", by=by)
    assert word in await town.liaison.reads()


@pytest.mark.parametrize(("by", "times"), [("chat", 1250), ("sms", 750)])
async def test_ten_thousand_characters_are_asked_for_in_pieces(town: Town, by: Door, times: int) -> None:
    assert "太长" in await town.member.says("我在外面一切都好" * times, by=by)


@by_both
async def test_a_command_of_the_office_is_refused_to_a_member(town: Town, by: Door) -> None:
    for command in ("/silent", "/find 欧阳山", "/invite"):
        said = await town.member.says(command, by=by)
        assert "联系人和书记" in said and "欧阳" not in said


@by_both
@pytest.mark.parametrize("words", ["9", "回8"])
async def test_a_number_that_was_not_offered(town: Town, words: str, by: Door) -> None:
    await town.member.says("DZ昆山", by=by)
    assert "没有这个选项" in await town.member.says(words, by=by)


@by_both
async def test_a_check_in_with_news_is_both(town: Town, by: Door) -> None:
    said = await town.member.says("签到，另外我换了厂", by=by)
    assert "知道您平安" in said and "做什么" in said
    assert (await town.member.file()).last_contact_kind == "check_in"
    assert "质检" in await town.member.says("电子厂质检", by=by)
    await town.member.says("对", by=by)
    assert len(await history_of(town, town.member)) == 1


@by_both
async def test_two_questions_are_asked_one_after_the_other(town: Town, by: Door) -> None:
    first = await town.member.says("搬到昆山了，换号了13900000021", by=by)
    assert "昆山市" in first and "0021" not in first
    second = await town.member.says("对", by=by)
    assert "记下了" in second and "139 0000 0021" in second
    assert (await town.member.file()).place_code == "320583"
    assert "已" in await town.member.says("对", by=by)
    assert "0021" not in (await history_of(town, town.member))[0].new


@by_both
async def test_the_second_question_outlasts_a_rewriting_of_the_first(town: Town, by: Door) -> None:
    await town.member.says("搬到昆山了，换号了13900000021", by=by)
    await town.member.says("重写", by=by)
    await town.member.says("无锡", by=by)
    assert "139 0000 0021" in await town.member.says("对", by=by)
    assert (await town.member.file()).place_code == "320200"
