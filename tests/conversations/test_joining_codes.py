"""Codes that open nothing: used, over, guessed, meant for somebody else."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from storage import invitations
from tests.conversations.town import Speaker, Town
from tests.conversations.ways_in import invited

BOTH = "也同意用境外聊天软件"


@pytest.fixture
async def new(town: Town) -> Speaker:
    return await town.moves_in("new", "施望", "+8613900000011", joined=False, liaison="liaison")


async def test_a_code_works_once(town: Town, new: Speaker) -> None:
    code = await invited(town, new)
    await new.opens(code)
    await new.presses(BOTH)
    second = Speaker(town, "", town.world.add_phone("路人", "+8613900000099"))
    assert "用过了" in await second.opens(code)


async def test_a_code_holds_for_72_hours(town: Town, new: Speaker) -> None:
    code = await invited(town, new)
    await town.passes(hours=71, minutes=59)
    assert "同意" in "".join([await new.opens(code), *new.buttons()])
    await town.passes(minutes=1)
    assert "已过期" in await new.opens(code)


async def test_a_consent_after_the_72_hours_is_too_late(town: Town, new: Speaker) -> None:
    await new.opens(await invited(town, new))
    await town.passes(hours=72)
    assert "已过期" in await new.presses(BOTH)
    assert not (await new.file()).joined


async def test_guessing_is_slowed_down_and_written_down(town: Town, new: Speaker) -> None:
    code = await invited(town, new)
    for _ in range(5):
        assert "已过期" in await new.opens("guessed-code")
    assert "一小时" in await new.opens(code)
    async with town.writing() as tx:
        tried = await invitations.wrong_lately(tx, town.clock.now(), "telegram", str(new.phone.id))
    assert tried == 5
    await town.passes(minutes=59)
    assert "一小时" in await new.opens(code)
    await town.passes(minutes=2)
    await new.opens(code)
    assert "欢迎" in await new.presses(BOTH)


async def test_whoever_has_tried_too_often_may_show_their_own_number(town: Town, new: Speaker) -> None:
    code = await invited(town, new)
    for _ in range(5):
        await new.opens("guessed-code")
    assert "分享您本人的号码" in await new.opens(code)
    assert town.world.keyboard(new.phone.id) == (("分享我的手机号",),)
    await new.shares_contact()
    assert "欢迎" in await new.presses(BOTH)


async def test_each_wrong_code_is_logged_without_the_code(town: Town, new: Speaker) -> None:
    with capture_logs() as logged:
        for _ in range(2):
            await new.opens("guessed-code")
    wrong = [line for line in logged if line["event"] == "wrong_code"]
    assert [line["within_an_hour"] for line in wrong] == [1, 2]
    assert "guessed-code" not in str(logged) and str(new.phone.id) not in str(wrong)


async def test_one_guesser_holds_up_nobody_else(town: Town, new: Speaker) -> None:
    guesser = Speaker(town, "", town.world.add_phone("路人", "+8613900000099"))
    for _ in range(6):
        await guesser.opens("guessed-code")
    await new.opens(await invited(town, new))
    assert "欢迎" in await new.presses(BOTH)
