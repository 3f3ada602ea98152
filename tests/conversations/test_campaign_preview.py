"""What a sender reads before anything goes out: who, by which door, at what price, whom it cannot reach."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.sms import parts_of
from tests.conversations.office import lives_in, screen, stopped
from tests.conversations.town import Town

WORDS = "明天上午停水，请提前备水。"


@pytest.fixture
def settings_file() -> str:
    return 'sms_price = 4.5\nsms_suffix = "拒收请回复R"\n'


async def test_signature_and_suffix_are_counted_and_really_sent(town: Town) -> None:
    words = "停" * 60
    preview = await town.secretary.says(f"发通知 {words}")
    assert "短信每人 2 条，共 2 条，约0.09元，签名和后缀都算在内。" in preview
    preview = await town.secretary.says(f"发通知 {words[:-1]}")
    assert "短信每人 1 条，共 1 条，约0.05元" in preview
    await town.secretary.presses("确认")
    await town.ticks()
    sent = await town.old.reads("sms")
    assert sent == f"【联动】{words[:-1]} 拒收请回复R" and parts_of(sent) == 1


async def test_what_the_phone_shows_is_what_is_counted(town: Town) -> None:
    """A company that knows approved templates alone puts its own words around ours."""
    house = town.rehearsal.app.intake.turns.house
    as_approved = house.price._replace(shown=lambda words, _topic: words + "长" * 50)
    object.__setattr__(house, "price", as_approved)
    preview = await town.secretary.says(f"发通知 {WORDS}")
    assert "短信每人 2 条，共 2 条，约0.09元" in preview


async def test_what_goes_to_one_alone_has_no_suffix(town: Town) -> None:
    assert "拒收" not in await town.old.says("QD", by="sms")


async def test_the_suffix_is_honoured(town: Town) -> None:
    await town.old.says("R", by="sms")
    assert (await town.old.file()).stopped


async def test_the_first_names_and_a_page_of_all(town: Town) -> None:
    for n in range(13):
        await town.moves_in(f"one{n}", f"赵{n}", f"+86139000001{n:02}", smartphone=False)
    preview = await town.secretary.says(f"发通知 {WORDS}")
    assert "（石远、欧阳山、赵0等）" in preview
    await town.secretary.presses("看名单")
    assert "1. 石远 · 柳湾村党支部 · 聊天" in screen(town.secretary)
    assert "2. 欧阳山 · 柳湾村党支部 · 短信" in screen(town.secretary)
    await town.secretary.presses("下一页")
    assert "15. 赵12" in screen(town.secretary)
    await town.secretary.presses("看预览")
    assert "发给 15 人" in screen(town.secretary)


async def test_who_cannot_be_reached_and_why(town: Town) -> None:
    await stopped(town, town.member)
    await town.moves_in("outside", "谈七", "+8613900000017", joined=False)
    preview = await town.secretary.says(f"发通知 {WORDS}")
    assert "另有 2 人发不到（没加入 1 人、停收了 1 人），请打电话转告。" in preview
    await town.secretary.presses("看名单")
    assert "谈七 · 柳湾村党支部 · 没加入" in screen(town.secretary)


async def test_by_sms_in_one_part(town: Town) -> None:
    said = await town.secretary.says(f"发通知 {WORDS}", by="sms")
    assert "现在发给2人：聊天1，短信1（1条，约0.05元）。发不到0人。" in said


async def test_in_urumqi_it_comes_by_their_own_clock(town: Town) -> None:
    await lives_in(town, town.member, "650100")
    town.clock.wind(timedelta(hours=-1, minutes=-30))
    preview = await town.secretary.says(f"发通知 {WORDS}")
    assert "那时有 1 人在休息，等到 11月2日 10:00 再发给他们。" in preview


async def test_what_the_gateway_would_refuse_is_said_before(town: Town) -> None:
    house = town.rehearsal.app.intake.turns.house
    object.__setattr__(house, "would_refuse", lambda _words, _topic: "template_missing")
    preview = await town.secretary.says(f"发通知 {WORDS}")
    assert "短信网关不会收这一条（" in preview and "短信的 1 人收不到" in preview


async def test_with_the_gateway_as_it_comes_nothing_is_refused(town: Town) -> None:
    assert "网关" not in await town.secretary.says(f"发通知 {WORDS}")
