"""换了住处: read back, confirmed, dated; the liaison told. (S7)"""

from __future__ import annotations

import pytest

from tests.conversations.town import Door, Town
from tests.conversations.ways_in import history_of

KUNSHAN, GULOU_NANJING = "320583", "320106"
by_both = pytest.mark.parametrize("by", ["chat", "sms"])


@by_both
@pytest.mark.parametrize("words", ["我搬到苏州昆山了", "DZ昆山", "我现在住在苏州昆山"])
async def test_a_place_is_read_back_in_full_and_nothing_changes_before_the_yes(
    town: Town, words: str, by: Door
) -> None:
    assert "江苏省苏州市昆山市" in await town.member.says(words, by=by)
    assert (await town.member.file()).place_code == ""
    assert await history_of(town, town.member) == []
    assert await town.liaison.reads() == ""


@by_both
@pytest.mark.parametrize("yes", ["1", "对", "是", "确认", "好的"])
async def test_a_typed_yes_confirms(town: Town, yes: str, by: Door) -> None:
    await town.member.says("我搬到苏州昆山了", by=by)
    assert "记下了" in await town.member.says(yes, by=by)
    assert (await town.member.file()).place_code == KUNSHAN


@by_both
async def test_confirmed_it_is_in_the_file_with_its_history_and_the_liaison_told(
    town: Town, by: Door
) -> None:
    await town.member.says("DZ无锡", by=by)
    await town.member.presses("对", by=by)
    await town.liaison.reads()
    await town.member.says("我搬到苏州昆山玉山镇5号了", by=by)
    assert "多保重" in await town.member.presses("对", by=by)
    file = await town.member.file()
    assert (file.place_code, file.whereabouts) == (KUNSHAN, "out")
    newest, first = await history_of(town, town.member)
    assert (newest.old_place, newest.new_place, first.new_place) == ("320200", KUNSHAN, "320200")
    assert newest.channel == ("telegram" if by == "chat" else "sms")
    told = await town.liaison.reads()
    assert "江苏省无锡市" in told and "江苏省苏州市昆山市玉山镇5号" in told and "石远" in told


@by_both
async def test_confirmed_twice_it_changes_once(town: Town, by: Door) -> None:
    await town.member.says("DZ昆山", by=by)
    await town.member.says("对", by=by)
    again = await town.member.says("对", by="sms") if by == "sms" else ""
    assert len(await history_of(town, town.member)) == 1
    assert (await town.liaison.reads()).count("换了住处") == 1
    assert by == "chat" or "已经登记好了" in again


async def test_the_button_pressed_twice_changes_once(town: Town) -> None:
    await town.member.says("DZ昆山")
    message, row, column = town.member._button("对")
    for _ in range(2):
        town.world.press(town.member.phone.id, message.id, row, column)
    assert "已经登记好了" in await town.member.reads()
    assert len(await history_of(town, town.member)) == 1


@by_both
@pytest.mark.parametrize("no", ["2", "不", "不对", "重写"])
async def test_a_no_begins_anew(town: Town, no: str, by: Door) -> None:
    await town.member.says("DZ昆山", by=by)
    assert "住在哪里" in await town.member.says(no, by=by)
    assert "江苏省无锡市" in await town.member.says("无锡", by=by)
    await town.member.says("对", by=by)
    assert (await town.member.file()).place_code == "320200"


@by_both
async def test_a_place_that_two_bear_is_asked_and_chosen(town: Town, by: Door) -> None:
    asked = await town.member.says("我搬到鼓楼区了", by=by)
    assert "哪里" in asked
    assert "江苏省南京市鼓楼区" in await town.member.presses("南京鼓楼", by=by)
    await town.member.presses("对", by=by)
    assert (await town.member.file()).place_code == GULOU_NANJING


@by_both
@pytest.mark.parametrize("answer", ["南京", "南京的", "南京鼓楼区"])
async def test_which_of_the_two_may_be_written(town: Town, answer: str, by: Door) -> None:
    await town.member.says("我搬到鼓楼区了", by=by)
    assert "江苏省南京市鼓楼区" in await town.member.says(answer, by=by)


@by_both
async def test_asked_where_a_sentence_about_work_is_an_answer(town: Town, by: Door) -> None:
    assert "住在哪里" in await town.member.says("DZ", by=by)
    assert "江苏省苏州市昆山市" in await town.member.says("在昆山上班", by=by)


@by_both
async def test_asked_where_a_check_in_is_still_a_check_in(town: Town, by: Door) -> None:
    await town.member.says("搬家了", by=by)
    assert "12月2日" in await town.member.says("签到", by=by)


@by_both
async def test_an_unknown_place_is_asked_once_more_and_then_kept_in_ones_own_words(
    town: Town, by: Door
) -> None:
    await town.member.says("DZ", by=by)
    assert "没认出" in await town.member.says("石头墩子五号", by=by)
    assert "石头墩子五号旁边" in await town.member.says("石头墩子五号旁边", by=by)
    await town.member.says("对", by=by)
    file = await town.member.file()
    assert (file.place_code, file.address) == ("", "石头墩子五号旁边")
    assert "石头墩子五号旁边" in await town.liaison.reads()


@by_both
async def test_the_words_said_first_are_kept_when_the_place_is_known(town: Town, by: Door) -> None:
    await town.member.says("DZ", by=by)
    await town.member.says("玉山镇5号", by=by)
    assert "江苏省苏州市昆山市玉山镇5号" in await town.member.says("江苏昆山", by=by)


@by_both
async def test_a_yes_after_a_day_is_too_late(town: Town, by: Door) -> None:
    await town.member.says("DZ昆山", by=by)
    await town.passes(hours=25)
    assert "已过期" in await town.member.says("1", by=by)
    assert (await town.member.file()).place_code == ""


async def test_the_longest_address_fits_one_text_message(town: Town) -> None:
    long = "金平苗族瑶族傣族自治县金河镇" + "河滨东路一百二十三号" * 6
    read_back = await town.old.says(f"我搬到云南红河{long}了", by="sms")
    assert "金平" in read_back and "回1 对" in read_back


@by_both
async def test_going_out_again_after_coming_home(town: Town, by: Door) -> None:
    await town.member.says("DZ昆山", by=by)
    await town.member.says("对", by=by)
    assert "回到家乡" in (await town.member.says("我回村了", by=by)).replace("您已经", "您已")
    assert "欢迎回家" in await town.member.says("对", by=by)
    home = await town.member.file()
    assert (home.whereabouts, home.address) == ("home", "")
    assert "返乡" in await town.liaison.reads()
    assert "江苏省苏州市" in await town.member.says("我去苏州了", by=by)
    await town.member.says("对", by=by)
    away = await town.member.file()
    assert (away.whereabouts, away.place_code) == ("out", "320500")
    assert away.out_since is not None
