"""A visitor makes it hard for the program, on the real demo: each message finds its way, or says why not."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from .visitor import PATIENCE, Visitor, sends_a_lesson

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_blocked_in_the_chat_a_lesson_comes_by_sms_once_the_gateway_takes_it(
    breaker: Visitor,
) -> None:
    visitor, joined = breaker, breaker.joined
    strip = visitor.page.locator("#gateway-strip")
    await joined.blocks_the_bot()
    await visitor.turns_the_gateway("忙，不收")
    await sends_a_lesson(visitor.liaison, "工资")
    await expect(strip).to_contain_text("已挡回", timeout=PATIENCE)
    await joined.was_written_to("短信 ✕ 网关忙")
    await visitor.old_phone.was_written_to("短信 ✕ 网关忙")
    await strip.get_by_role("button", name="恢复正常").click()
    await joined.was_written_to("短信 ✕ 网关忙", "短信 ✓ 到了")
    await visitor.old_phone.hears("3/3")
    await joined.turns_to("短信")
    await joined.hears("工资")
    await expect(joined.received).to_have_count(1)


async def test_what_waited_while_the_line_was_cut_goes_out_afterwards(
    breaker: Visitor,
) -> None:
    visitor, old_phone = breaker, breaker.old_phone
    await visitor.turns_the_gateway("断线")
    await old_phone.tries("QD")
    await expect(old_phone.place.locator(".slip.mine")).to_have_count(1)
    await visitor.liaison.tries("失联")  # a turn of its own, while the answer by SMS finds nobody there
    await visitor.liaison.hears("失联")
    await expect(old_phone.received).to_have_count(0)
    await visitor.turns_the_gateway("正常")
    await expect(old_phone.received).to_have_count(1, timeout=4 * PATIENCE)
    await old_phone.hears("平安.*下次")


async def test_a_phone_that_is_off_is_named_as_the_reason(
    breaker: Visitor,
) -> None:
    visitor, old_phone = breaker, breaker.old_phone
    await old_phone.is_switched("关机")
    await sends_a_lesson(visitor.liaison, "工资")
    await old_phone.was_written_to("短信 ✕ 关机")
    await visitor.winds("快进一天")
    await visitor.liaison.has_heard("工资.*没送到.*贺长根")
    await visitor.liaison.presses("贺")
    await visitor.liaison.hears("贺长根.*工资")
    await visitor.liaison.presses("电话告诉了")
    await visitor.liaison.presses("看回执")
    await visitor.liaison.hears("贺长根.{1,5}联系人转告")
    await old_phone.is_switched("开机")
    await sends_a_lesson(visitor.liaison, "骗")
    await old_phone.was_written_to("短信 ✕ 关机", "短信 ✓ 到了")
