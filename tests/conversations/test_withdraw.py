"""退出 and 只用短信: what was agreed to is taken back as easily as it was given."""

from __future__ import annotations

import pytest

from content.words.notice import WORDING
from tests.conversations.town import Door, Speaker, Town
from tests.conversations.ways_in import addresses_of, consents_of, invited

BOTH = "也同意用境外聊天软件"
NUMBER = "+8613900000011"
by_both = pytest.mark.parametrize("by", ["chat", "sms"])


@pytest.fixture
async def new(town: Town) -> Speaker:
    """Joined by chat and by SMS, with both consents."""
    new = await town.moves_in("new", "施望", NUMBER, joined=False, liaison="liaison")
    await new.says("你好", by="sms")
    await new.says("1", by="sms")
    await new.opens(await invited(town, new))
    await new.presses(BOTH)
    await new.reads("sms")
    await town.liaison.reads()
    return new


@by_both
@pytest.mark.parametrize("words", ["退出", "我要退出", "撤回同意", "不想用了"])
async def test_leaving_is_read_back_and_then_done(town: Town, new: Speaker, by: Door, words: str) -> None:
    asked = await new.says(words, by=by)
    assert "由支部保管" in asked and (await new.file()).joined
    assert "已退出" in await new.presses("退出", by=by)
    assert not (await new.file()).joined
    assert await consents_of(town, new) == set()
    assert list(await addresses_of(town, new)) == [NUMBER]
    assert "施望（柳湾村党支部）退出了联动" in await town.liaison.reads()


@by_both
async def test_whoever_thinks_again_stays(town: Town, new: Speaker, by: Door) -> None:
    await new.says("退出", by=by)
    assert "没有改动" in await new.presses("不退", by=by)
    assert (await new.file()).joined


async def test_nothing_more_is_sent(town: Town, new: Speaker) -> None:
    await town.liaison.says("找 施望")
    await new.says("退出")
    await new.presses("退出")
    assert "已退出联动" in await new.reads("sms")
    await town.passes(days=100)
    assert await new.reads() == "" and await new.reads("sms") == ""


@by_both
async def test_the_way_back(town: Town, new: Speaker, by: Door) -> None:
    await new.says("退出")
    await new.presses("退出")
    assert "这里是联动" in await new.says("签到")
    assert "没有加入" in await new.says("在吗", by="sms")
    if by == "sms":
        assert "同意吗" in await new.says("加入", by="sms")
        assert "登记好了" in await new.says("1", by="sms")
        assert await consents_of(town, new) == {("keeping", WORDING, "sms")}
    else:
        await new.opens(await invited(town, new))
        assert "欢迎" in await new.presses(BOTH)
    assert "施望（柳湾村党支部）已经加入" in await town.liaison.reads()
    await town.passes(days=31)
    assert await new.reads(by)


async def test_from_my_file(town: Town, new: Speaker) -> None:
    await new.says("我的资料")
    assert "确定退出吗" in await new.presses("退出联动")
    await new.says("我的资料")
    assert "139****0011" in await new.presses("只用短信")


@by_both
async def test_only_the_chat_is_given_up(town: Town, new: Speaker, by: Door) -> None:
    assert "139****0011" in await new.says("不用聊天了，只用短信", by=by)
    assert "只用短信" in await new.says("对", by=by)
    assert await consents_of(town, new) == {("keeping", WORDING, "sms")}
    assert list(await addresses_of(town, new)) == [NUMBER]
    assert "下次" in await new.says("签到", by="sms")
    assert "这里是联动" in await new.says("签到")


async def test_without_a_number_that_works_the_chat_stays(town: Town) -> None:
    chatter = await town.moves_in("chatter", "鲁晨", "+8613900000014", joined=False, liaison="liaison")
    await chatter.opens(await invited(town, chatter))
    await chatter.presses(BOTH)
    assert "核对过的手机号" in await chatter.says("只用短信")
    assert str(chatter.phone.id) in await addresses_of(town, chatter)


async def test_who_has_no_chat_is_told_so(town: Town) -> None:
    assert "本来就只用短信" in await town.old.says("只用短信", by="sms")
