"""People's first journeys, lived on the real demo in a real browser. Nothing is ever reloaded."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.handlers.test_roster_import import book

from .visitor import PATIENCE, Visitor, sends_a_lesson

pytestmark = pytest.mark.asyncio(loop_scope="module")
JUDGED = "答对|不对"


async def test_a_newcomer_is_invited_joins_and_tells_where_she_lives(visitor: Visitor) -> None:
    secretary, newcomer, liaison = visitor.secretary, visitor.newcomer, visitor.liaison
    await secretary.tries("邀请 柳一禾")
    await secretary.presses("链接")
    await expect(secretary.place.locator(".picture img")).to_be_visible()
    await visitor.passes_the_invitation_on()
    await newcomer.hears("境外")
    await newcomer.presses("境外")
    await newcomer.hears("柳一禾.*欢迎")
    await liaison.hears("柳一禾.*加入")
    await newcomer.taps("签到")
    await newcomer.hears("平安.*下次")
    await newcomer.says("我搬到鼓楼区了")
    await newcomer.hears("不止一个")
    await newcomer.presses("南京")
    await newcomer.hears("南京市鼓楼区.*对吗")
    await newcomer.presses("对")
    await newcomer.hears("记下.*南京市鼓楼区")
    await liaison.hears("柳一禾.*住处.*南京市鼓楼区")


async def test_an_old_phone_does_by_sms_what_the_others_do_in_a_chat(visitor: Visitor) -> None:
    old_phone, liaison = visitor.old_phone, visitor.liaison
    await old_phone.tries("QD")
    await old_phone.hears("平安.*下次")
    await old_phone.says("DZ苏州昆山")
    await old_phone.hears("昆山.*对吗.*回1")
    await old_phone.keys("1")
    await old_phone.hears("记下")
    await liaison.hears("贺长根.*住处.*昆山")
    await sends_a_lesson(liaison, "工资")
    await old_phone.hears("1/3.*2/3.*回A.*回B.*回C.*3/3")
    await expect(old_phone.received.last.locator(".piece")).to_have_count(3)
    await old_phone.says("B")
    await old_phone.hears(JUDGED)
    await liaison.presses("回执")
    await liaison.hears("贺长根.{1,5}已答")


async def test_the_silent_are_found_looked_up_reminded_and_called(visitor: Visitor) -> None:
    secretary, liaison = visitor.secretary, visitor.liaison
    await secretary.tries("/silent")
    await secretary.hears("失联 6 人.*1\\. .*6\\. ")
    await secretary.says("/silent 20")
    await secretary.hears("20 天以上")
    await secretary.presses("下一页")
    await secretary.hears("7\\. ")
    await secretary.presses("开头")
    await secretary.hears("1\\. .*6\\. ")
    await secretary.presses("1. ")
    await secretary.hears("失联.*最近的联系")
    await secretary.presses("提醒")
    await secretary.hears("已提醒")
    await secretary.says("失联 上海")
    await secretary.hears("在上海")
    await secretary.tries("失联 浙江")
    await secretary.hears("在浙江.*1\\. .*2\\. ")
    await liaison.tries("失联")
    await liaison.hears("失联 1 人")
    await liaison.presses("1. ")
    await liaison.hears("最近的联系")
    await liaison.presses("1. ")
    await liaison.presses("电话")
    await liaison.hears("怎么样")
    await liaison.presses("平安")
    await liaison.hears("记下")
    await liaison.tries("打过电话")
    await liaison.hears("怎么样")


async def test_a_member_asks_for_help_goes_out_of_reach_stops_and_comes_back(visitor: Visitor) -> None:
    joined, liaison = visitor.joined, visitor.liaison
    await joined.tries("工资没发")
    await liaison.has_heard("石远帆.*工资没发")
    await joined.taps("我的资料")
    await joined.hears("石远帆")
    await joined.says("出海一个月，联系不上")
    await joined.hears("月.*日")
    await joined.presses("对")
    await joined.hears("记下")
    await joined.says("停发")
    await joined.hears("不再给您发课")
    await joined.says("恢复")
    await joined.hears("又给您发")


async def test_in_a_group_nothing_personal_is_said_and_nothing_counts(visitor: Visitor) -> None:
    joined, liaison = visitor.joined, visitor.liaison
    await joined.turns_to("群聊")
    await joined.says("签到")
    await joined.hears("群里签到不算数.*私下")
    await joined.place.locator(".link:visible").click()
    await expect(joined.place.get_by_role("tab", name="聊天")).to_have_attribute("aria-selected", "true")
    await liaison.turns_to("群聊")
    await liaison.says("/silent")
    await liaison.hears("这里人多.*私下")
    await expect(liaison.received.filter(has_text="天没有联系")).to_have_count(0)
    await liaison.turns_to("聊天")


async def test_somebody_elses_card_is_refused_and_a_spare_card_takes_over_for_a_while(
    visitor: Visitor,
) -> None:
    joined, old_phone = visitor.joined, visitor.old_phone
    await joined.place.get_by_role("button", name="更多").click()
    await joined.place.get_by_role("button", name="发别人的名片").click()
    await visitor.page.locator(".pick-phone", has_text="孟知夏").click()
    await joined.hears("别人的名片")
    await joined.tries("换号码")
    await joined.presses("对")
    await joined.turns_to("备用卡")
    await joined.hears(r"【联动】校验码\d{6}")
    code = re.search(r"\d{6}", await joined.received.last.inner_text())
    assert code
    await joined.turns_to("聊天")
    await joined.says(code[0])
    await joined.hears("核对好了")
    await joined.turns_to("备用卡")
    await joined.hears("以后就用这个号码")
    await joined.turns_to("短信")
    await joined.hears("七天内")
    await joined.says("不是我")
    await joined.hears("已换回这个号码")
    await joined.turns_to("聊天")
    await old_phone.place.get_by_role("button", name="卡2").click()
    await old_phone.says("QD")
    await old_phone.hears("【联动】")
    await old_phone.place.get_by_role("button", name="卡1").click()


async def test_a_committee_sees_its_own_branches_and_nobody_elses(visitor: Visitor) -> None:
    guest = await visitor.brings("党委", "燕来街道")
    await guest.taps("谁失联了")
    await guest.hears("在外 25 人")
    await guest.tries("找 石远帆")
    await guest.hears("没有这个人")
    await guest.place.get_by_role("button", name="请下台").click()
    await expect(guest.place).to_have_count(0)


async def test_whoever_blocks_the_bot_gets_the_lesson_by_sms_on_the_same_phone(visitor: Visitor) -> None:
    joined = visitor.joined
    await joined.place.get_by_role("button", name="更多").click()
    await joined.place.get_by_role("button", name="停用机器人").click()
    await expect(joined.place.locator(".stopped:visible")).to_be_visible()
    await sends_a_lesson(visitor.liaison, "防骗")
    sms = joined.place.get_by_role("tab", name="短信")
    await expect(sms.locator(".badge")).to_have_text("1", timeout=PATIENCE)
    await joined.turns_to("短信")
    await joined.hears("【联动】.*回A.*3 条")
    await joined.says("1")
    await joined.hears(JUDGED)
    await joined.turns_to("聊天")
    await joined.place.locator(".stopped").get_by_role("button", name="重新启用机器人").click()
    await expect(joined.place.locator(".stopped:visible")).to_have_count(0)
    await joined.says("签到")
    await joined.hears("知道您平安")
    await sends_a_lesson(visitor.liaison, "援助")
    await joined.hears("法律援助")


async def test_the_page_turns_english_where_it_stands(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.old_phone.says("QD")
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_role("button", name="A week on")).to_be_visible()
    await expect(visitor.secretary.place.locator(".role")).to_have_text("Secretary")
    await expect(visitor.old_phone.place.get_by_role("button", name="Send")).to_be_visible()
    await visitor.old_phone.hears("平安.*chars")


async def test_with_one_phone_in_hand_a_newcomer_joins_by_her_own_number_and_answers_a_lesson(
    first_visitor_with_a_narrow_screen: Visitor,
) -> None:
    visitor = first_visitor_with_a_narrow_screen
    newcomer, liaison = visitor.newcomer, visitor.liaison
    await newcomer.taken_in_hand()
    await expect(liaison.place).to_be_hidden()
    await newcomer.tries("你好")
    await newcomer.place.get_by_role("button", name="分享").click()
    await expect(newcomer.place.locator(".message.mine").last).to_contain_text("+86")
    await newcomer.presses("境外")
    await newcomer.hears("柳一禾.*欢迎")
    await expect(newcomer.place.get_by_role("button", name="分享")).to_have_count(0)
    await liaison.calls_for_attention()
    await liaison.taken_in_hand()
    await liaison.hears("柳一禾.*加入")
    await sends_a_lesson(liaison, "工资")
    await newcomer.calls_for_attention()
    await newcomer.taken_in_hand()
    await newcomer.presses("工资要用钱发")
    await newcomer.hears("答对")
    await liaison.taken_in_hand()
    await liaison.presses("回执")
    await liaison.hears("石远帆.{1,5}已发.*|柳一禾.{1,5}已答")
    assert await visitor.page.evaluate("document.documentElement.scrollWidth") == 390


async def test_the_clock_is_wound_and_the_whole_programme_follows(first_visitor: Visitor) -> None:
    visitor, joined, secretary = first_visitor, first_visitor.joined, first_visitor.secretary
    await sends_a_lesson(secretary, "援助", when=":")
    await secretary.hears("排好")
    told = await visitor.winds("快进一天")
    await expect(told).to_contain_text("石远帆")
    await joined.has_heard("法律援助")
    await joined.has_heard("近来都好吗")
    await visitor.old_phone.has_heard("法律援助.*3/3")
    await visitor.winds("快进一周")
    await joined.has_heard("没有您的消息")
    await visitor.winds("快进一周")
    await secretary.has_heard("失联了")
    await visitor.winds("到下一件事")
    await expect(told.locator("li").first).to_be_visible()


async def test_a_secretary_sends_the_roster_and_has_it_imported(visitor: Visitor) -> None:
    secretary = visitor.secretary
    rows = [["姓名", "手机号"], ["田小禾", "13900139001"]]
    await secretary.attaches("名册.xlsx", book({"晚晴村党支部": rows}))
    await secretary.hears("名册核对.*新增1人.*要导入吗")
    await secretary.presses(re.compile("^导入"))
    await secretary.hears("已导入：新增1人")
