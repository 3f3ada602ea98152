"""换了号码: a code sent to the new number, typed at the old door, before anything is replaced. (S7)"""

from __future__ import annotations

import re

import pytest

from tests.conversations.town import Door, Speaker, Town
from tests.conversations.ways_in import addresses_of, history_of

NEW, OLD = "+8613900000021", "+8613900000003"
by_both = pytest.mark.parametrize("by", ["chat", "sms"])


@pytest.fixture
def new_phone(town: Town) -> Speaker:
    """The member's new SIM card, in whatever phone."""
    return Speaker(town, town.member.id, town.world.add_phone("石远", NEW, smartphone=False))


async def claims(town: Town, new_phone: Speaker, by: Door = "chat") -> str:
    """The member says the new number and yes; the code that comes to it."""
    await town.member.says("SJ13900000021", by=by)
    await town.member.says("对", by=by)
    return await code_at(new_phone)


async def code_at(new_phone: Speaker) -> str:
    text = await new_phone.reads("sms")
    assert "石" not in text and "党" not in text
    found = re.search(r"校验码(\d{6})", text)
    assert found, text
    return found[1]


@by_both
@pytest.mark.parametrize(
    "written",
    ["SJ13900000021", "换号了，新号码139 0000 0021", "SJ 一三九零零零零零零二一"],
)
async def test_the_new_number_gets_a_code_that_is_typed_at_the_old_door(
    town: Town, new_phone: Speaker, written: str, by: Door
) -> None:
    assert "139 0000 0021" in await town.member.says(written, by=by)
    assert await new_phone.reads("sms") == ""
    await town.member.says("对", by=by)
    code = await code_at(new_phone)
    assert (await addresses_of(town, town.member)) == {OLD: True, str(town.member.phone.id): True}
    assert "下次" in await town.member.says("签到", by="sms")
    assert await town.liaison.reads() == ""
    assert "核对好了" in await town.member.says(code, by=by)
    numbers = await addresses_of(town, town.member)
    assert numbers[NEW] and OLD not in numbers
    assert [(c.field, c.old, c.new) for c in await history_of(town, town.member)] == [("phone", OLD, NEW)]
    assert "139 0000 0021" in await town.liaison.reads()
    assert "核对好了" in await new_phone.reads("sms")
    assert "没有登记" in await town.member.says("签到", by="sms")
    assert "下次" in await new_phone.says("签到", by="sms")


@by_both
@pytest.mark.parametrize("answer", ["13900000021", "139-0000-0021", "一三九零零零零零零二一"])
async def test_the_number_may_be_asked_for(town: Town, answer: str, by: Door) -> None:
    assert "11 位" in await town.member.says("SJ", by=by)
    assert "139 0000 0021" in await town.member.says(answer, by=by)


@by_both
async def test_a_landline_and_a_short_number_are_asked_again(town: Town, by: Door) -> None:
    assert "座机" in await town.member.says("SJ 0512-57301234", by=by)
    assert "不像手机号" in await town.member.says("139000002", by=by)
    assert "139 0000 0021" in await town.member.says("13900000021", by=by)


@by_both
async def test_a_number_of_somebody_else_is_refused_without_saying_whose(town: Town, by: Door) -> None:
    await town.member.says("SJ13900000004", by=by)
    refused = await town.member.says("对", by=by)
    assert "登记不了" in refused and "别人" not in refused
    assert await town.old.reads("sms") == ""
    assert await history_of(town, town.member) == []


async def test_ones_own_number_needs_no_change(town: Town) -> None:
    assert "本来就是登记的" in await town.member.says("SJ13900000003")
    assert "本来就是登记的" in await town.member.shares_contact()


async def test_somebody_elses_card_is_not_kept(town: Town) -> None:
    assert "没有保存" in await town.member.shares_contact("+8613900000004")


@by_both
@pytest.mark.parametrize("no", ["不是", "打错了", "TD"])
async def test_a_stranger_at_the_new_number_says_no_and_the_member_hears_of_it(
    town: Town, new_phone: Speaker, no: str, by: Door
) -> None:
    code = await claims(town, new_phone, by)
    said = await new_phone.says(no, by="sms")
    assert "不再打扰" in said and "石" not in said
    assert NEW not in await addresses_of(town, town.member)
    assert "不是您的号码" in await town.member.reads("chat")
    assert "核对好了" not in await town.member.says(code, by=by)


async def test_whoever_answers_at_the_new_number_opens_nothing(town: Town, new_phone: Speaker) -> None:
    code = await claims(town, new_phone)
    for word in ("1", "是", code, "我的资料"):
        said = await new_phone.says(word, by="sms")
        assert "住处" not in said and "核对好了" not in said
        assert "校验码" in said or not said
    assert NEW not in await addresses_of(town, town.member)


async def test_a_code_may_be_tried_five_times(town: Town, new_phone: Speaker) -> None:
    code = await claims(town, new_phone)
    wrong = "000000" if code != "000000" else "111111"
    for left in (4, 3, 2, 1):
        assert f"还可以试 {left} 次" in await town.member.says(wrong)
    assert "作废" in await town.member.says(wrong)
    assert "核对好了" not in await town.member.says(code)
    assert NEW not in await addresses_of(town, town.member)


async def test_a_code_holds_a_day_and_other_words_may_come_between(town: Town, new_phone: Speaker) -> None:
    code = await claims(town, new_phone)
    await town.passes(hours=23)
    await town.member.says("签到")
    assert "核对好了" in await town.member.says(f"校验码：{code[:3]} {code[3:]}")


async def test_after_a_day_the_code_is_over(town: Town, new_phone: Speaker) -> None:
    code = await claims(town, new_phone)
    await town.passes(days=1)
    assert "核对好了" not in await town.member.says(code)


async def test_a_newer_claim_ends_the_older(town: Town, new_phone: Speaker) -> None:
    code = await claims(town, new_phone)
    other = Speaker(town, town.member.id, town.world.add_phone("石远", "+8613900000022", smartphone=False))
    await town.member.says("SJ13900000022")
    await town.member.says("对")
    newer = await code_at(other)
    if newer != code:
        assert "不对" in await town.member.says(code)
    assert "核对好了" in await town.member.says(newer)
    assert "+8613900000022" in await addresses_of(town, town.member)


async def test_the_other_doors_hear_of_the_claim_and_of_the_change(town: Town, new_phone: Speaker) -> None:
    code = await claims(town, new_phone)
    told = await town.member.reads("sms")
    assert "139****0021" in told and "回“不是我”" in told
    await town.member.says(code)
    told = await town.member.reads("sms")
    assert "已换成139****0021" in told and "回“不是我”" in told


@pytest.mark.parametrize("no", ["不是我", "不是我换的"])
async def test_a_no_at_the_old_number_makes_the_claim_void(town: Town, new_phone: Speaker, no: str) -> None:
    code = await claims(town, new_phone)
    await town.member.reads("sms")
    assert "停掉" in await town.member.says(no, by="sms")
    assert "不是本人办的" in await town.liaison.reads()
    assert "核对好了" not in await town.member.says(code)
    assert NEW not in await addresses_of(town, town.member)


@pytest.mark.parametrize("days", [0, 6])
async def test_within_seven_days_the_old_number_takes_its_place_back(
    town: Town, new_phone: Speaker, days: int
) -> None:
    await town.member.says(await claims(town, new_phone))
    await town.liaison.reads()
    await town.passes(days=days)
    await town.member.reads("sms")
    assert "已换回" in await town.member.says("不是我", by="sms")
    numbers = await addresses_of(town, town.member)
    assert numbers[OLD] and NEW not in numbers
    assert "不是本人办的" in await town.liaison.reads()
    assert "没有登记" in await new_phone.says("我的资料", by="sms")
    assert "下次" in await town.member.says("签到", by="sms")
    assert [(c.old, c.new) for c in await history_of(town, town.member)] == [(NEW, OLD), (OLD, NEW)]


async def test_after_seven_days_it_is_the_liaisons_business(town: Town, new_phone: Speaker) -> None:
    await town.member.says(await claims(town, new_phone))
    await town.passes(days=7, hours=1)
    await town.member.says("不是我", by="sms")
    assert NEW in await addresses_of(town, town.member)


async def test_a_new_owner_of_the_old_number_who_says_wrong_number_undoes_nothing(
    town: Town, new_phone: Speaker
) -> None:
    await town.member.says(await claims(town, new_phone))
    await town.member.says("你打错了，我不是本人", by="sms")
    assert NEW in await addresses_of(town, town.member)


async def test_from_the_chat_a_change_by_the_old_phone_is_undone(town: Town, new_phone: Speaker) -> None:
    code = await claims(town, new_phone, "sms")
    assert "139****0021" in await town.member.reads()
    await town.member.says(code, by="sms")
    assert "停掉" in await town.member.presses("不是我")
    numbers = await addresses_of(town, town.member)
    assert numbers[OLD] and NEW not in numbers


async def test_the_new_number_cannot_undo_its_own_change(town: Town, new_phone: Speaker) -> None:
    await town.member.says(await claims(town, new_phone))
    await new_phone.reads("sms")
    assert "停掉" not in await new_phone.says("不是我", by="sms")
    assert NEW in await addresses_of(town, town.member)


async def test_not_more_than_three_claims_a_day(town: Town) -> None:
    for n in (31, 32, 33):
        await town.member.says(f"SJ139000000{n}")
        assert "校验码" in await town.member.says("对")
    await town.member.says("SJ13900000034")
    assert "明天再试" in await town.member.says("对")
    await town.passes(days=1)
    await town.member.says("SJ13900000034")
    assert "校验码" in await town.member.says("对")


async def test_nobodys_number_is_texted_more_than_twice_a_day(town: Town, new_phone: Speaker) -> None:
    for _ in range(2):
        await claims(town, new_phone)
    await town.old.says("SJ13900000021", by="sms")
    assert "明天再试" in await town.old.says("对", by="sms")
    assert await new_phone.reads("sms") == ""


async def test_two_who_claim_one_number_and_one_has_it(town: Town, new_phone: Speaker) -> None:
    await town.old.says("SJ13900000021", by="sms")
    await town.old.says("对", by="sms")
    olds = await code_at(new_phone)
    code = await claims(town, new_phone)
    assert "核对好了" in await town.member.says(code)
    assert "登记不了" in await town.old.says(olds, by="sms")
    assert NEW not in await addresses_of(town, town.old)
    assert "下次" in await town.old.says("签到", by="sms")


async def test_a_number_on_somebodys_roster_cannot_be_claimed_before_they_join(town: Town) -> None:
    other = await town.moves_in("other", "施望", "+8613900000077", smartphone=False, joined=False)
    await town.member.says("SJ13900000077")
    assert "登记不了" in await town.member.presses("对")
    assert await other.reads(by="sms") == ""
    assert "同意" in await other.says("QD", by="sms")
    assert "欢迎" in await other.says("1", by="sms")
    assert (await other.file()).joined


async def test_a_number_that_is_only_claimed_leads_nobody_into_the_file(
    town: Town, new_phone: Speaker
) -> None:
    await claims(town, new_phone)
    stranger = Speaker(town, "", town.world.add_phone("路人", NEW))
    assert "不在名册上" in await stranger.shares_contact()


async def test_a_one_meant_for_a_lesson_undoes_no_change_of_number(town: Town) -> None:
    """An alarm that a 1 would answer is set off by whoever answers something else."""
    await town.member.says("换号13900000021")
    await town.member.presses("对")
    assert "回1" not in await town.member.reads("sms")
    assert "停掉" not in await town.member.says("1", by="sms")
