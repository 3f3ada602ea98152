"""换了号码: the new number must answer before it takes the old one's place. (S7)"""

from __future__ import annotations

import pytest

from tests.conversations.town import Door, Speaker, Town
from tests.conversations.ways_in import addresses_of, history_of

NEW, OLD = "+8613900000021", "+8613900000003"
by_both = pytest.mark.parametrize("by", ["chat", "sms"])


@pytest.fixture
def new_phone(town: Town) -> Speaker:
    """The member's new SIM card, in whatever phone."""
    return Speaker(town, town.member.id, town.world.add_phone("石远", NEW, smartphone=False))


@by_both
@pytest.mark.parametrize(
    "written",
    ["SJ13900000021", "换号了，新号码139 0000 0021", "SJ 一三九零零零零零零二一"],
)
async def test_the_new_number_is_written_to_and_answers(
    town: Town, new_phone: Speaker, written: str, by: Door
) -> None:
    assert "139 0000 0021" in await town.member.says(written, by=by)
    assert await new_phone.reads("sms") == ""
    await town.member.says("对", by=by)
    asked = await new_phone.reads("sms")
    assert "石" not in asked and "党" not in asked
    assert (await addresses_of(town, town.member))[OLD]
    assert "下次" in await town.member.says("签到", by="sms")
    assert await town.liaison.reads() == ""
    assert "核对好了" in await new_phone.says("1", by="sms")
    numbers = await addresses_of(town, town.member)
    assert numbers[NEW] and OLD not in numbers
    assert [(c.field, c.old, c.new) for c in await history_of(town, town.member)] == [("phone", OLD, NEW)]
    assert "139 0000 0021" in await town.liaison.reads()
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
@pytest.mark.parametrize("no", ["2", "不是", "不是本人"])
async def test_a_stranger_at_the_new_number_says_no_and_the_member_hears_of_it(
    town: Town, new_phone: Speaker, no: str, by: Door
) -> None:
    await town.member.says("SJ13900000021", by=by)
    await town.member.says("对", by=by)
    said = await new_phone.says(no, by="sms")
    if no == "不是本人":
        said = await new_phone.says("1", by="sms")
    assert "不再打扰" in said and "石" not in said
    assert await addresses_of(town, town.member) | {OLD: True} == await addresses_of(town, town.member)
    assert NEW not in await addresses_of(town, town.member)
    assert "不是您的号码" in await town.member.reads("chat")


async def test_before_it_has_answered_the_new_number_opens_nothing(town: Town, new_phone: Speaker) -> None:
    await town.member.says("SJ13900000021")
    await town.member.says("对")
    said = await new_phone.says("我的资料", by="sms")
    assert "住处" not in said and "请确认" in said
    assert (await town.member.file()).joined


async def test_two_who_claim_one_number_and_one_answers(town: Town, new_phone: Speaker) -> None:
    for who, by in ((town.old, "sms"), (town.member, "chat")):
        await who.says("SJ13900000021", by=by)  # type: ignore[arg-type]
        await who.says("对", by=by)  # type: ignore[arg-type]
    assert "核对好了" in await new_phone.says("是", by="sms")
    assert (await addresses_of(town, town.member))[NEW]
    assert not (await addresses_of(town, town.old)).get(NEW, False)
    assert "下次" in await town.old.says("签到", by="sms")


async def test_a_number_on_somebodys_roster_cannot_be_claimed_before_they_join(town: Town) -> None:
    other = await town.moves_in("other", "施望", "+8613900000077", smartphone=False, joined=False)
    await town.member.says("SJ13900000077")
    assert "登记不了" in await town.member.presses("对")
    assert await other.reads(by="sms") == ""
    assert "同意" in await other.says("QD", by="sms")
    assert "欢迎" in await other.says("1", by="sms")
    assert (await other.file()).joined
