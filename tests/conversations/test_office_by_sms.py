"""A liaison with an old phone hears of everything in a short masked form; the town looks for names in it."""

from __future__ import annotations

import pytest

from tests.conversations.office import heard
from tests.conversations.town import Town

STREET = "星湖街"


@pytest.fixture
async def by_sms(town: Town) -> Town:
    """Liaison, secretary and member alike have old phones."""
    await town.moves_in(
        "old_liaison", "娄联", "+8613900000041", smartphone=False, on_roster=False, role="liaison"
    )
    await town.moves_in(
        "old_secretary", "祝守信", "+8613900000042", smartphone=False, on_roster=False, role="secretary"
    )
    await town.moves_in("far", "欧阳远行", "+8613900000043", liaison="old_liaison")
    return town


async def told(town: Town) -> str:
    return await town.old_liaison.reads("sms")


async def test_of_a_new_address(by_sms: Town) -> None:
    await by_sms.far.says(f"搬到苏州工业园区{STREET}1号了")
    await by_sms.far.presses("对")
    heard_of = await told(by_sms)
    assert "欧阳**" in heard_of and STREET not in heard_of


async def test_of_a_new_job(by_sms: Town) -> None:
    await by_sms.far.says("换厂了，进了盛达电子厂当电工")
    await by_sms.far.presses("对")
    heard_of = await told(by_sms)
    assert "欧阳**" in heard_of and "盛达" not in heard_of


async def test_of_an_absence_and_a_return(by_sms: Town) -> None:
    await by_sms.far.says("明天出海，三个月联系不上")
    await by_sms.far.presses("对")
    assert "欧阳**" in await told(by_sms)
    await by_sms.far.says("我回老家了，不出去了")
    await by_sms.far.presses("对")
    assert "欧阳**" in await told(by_sms)


@pytest.mark.parametrize("words", ["工资拖了两个月", "救命"])
async def test_of_a_cry_for_help(by_sms: Town, words: str) -> None:
    await by_sms.far.says(words)
    heard_of = await told(by_sms)
    assert "欧阳**" in heard_of and words not in heard_of


async def test_of_words_passed_on(by_sms: Town) -> None:
    await by_sms.far.says("建议支部给老人装个扶手")
    assert "扶手" not in await told(by_sms)


async def test_of_a_joining(by_sms: Town) -> None:
    new = await by_sms.moves_in(
        "new", "司徒新来", "+8613900000044", smartphone=False, joined=False, liaison="old_liaison"
    )
    await by_sms.old_liaison.says("邀请 司徒新来", by="sms")
    await by_sms.old_liaison.presses("发短信", by="sms")
    await new.reads("sms")
    await new.says("1", by="sms")
    assert "司徒**" in await told(by_sms)


async def test_of_a_number_that_is_somebody_else_s(by_sms: Town) -> None:
    await by_sms.far.says("不是本人", by="sms")
    await by_sms.far.says("1", by="sms")
    assert "号码" in await told(by_sms)


async def test_of_the_silent(by_sms: Town) -> None:
    await heard(by_sms, by_sms.far, 60)
    await by_sms.passes(days=8)
    assert "1" in await told(by_sms)
    assert await by_sms.old_secretary.reads("sms")
