"""Joining by chat: an invitation or one's own number, a notice, a consent."""

from __future__ import annotations

from typing import Literal

import pytest

from content.words.notice import WORDING
from tests.conversations.town import Speaker, Town
from tests.conversations.ways_in import (
    addresses_of,
    consents_of,
    contacts_of,
    invited,
    presses_the_button_of,
)

BOTH, SMS_ONLY, NO = "也同意用境外聊天软件", "但只用短信", "不同意"


@pytest.fixture
async def new(town: Town) -> Speaker:
    """On the roster, with a smartphone, and not inside."""
    return await town.moves_in("new", "施望", "+8613900000011", joined=False, liaison="liaison")


async def test_an_invitation_shows_what_is_kept_and_why_before_anything_is_asked(
    town: Town, new: Speaker
) -> None:
    notice = await new.opens(await invited(town, new))
    for told in ("家乡的支部", "住处", "谁看过您随时能查", "境外"):
        assert told in notice
    assert [BOTH in new.buttons()[0], SMS_ONLY in new.buttons()[1], new.buttons()[2]] == [True, True, NO]
    assert await consents_of(town, new) == set()


async def test_agreeing_lets_them_in_with_the_menu_of_their_role(town: Town, new: Speaker) -> None:
    await new.opens(await invited(town, new))
    welcome = await new.presses(BOTH)
    assert "施望" in welcome and "12月2日" in welcome
    assert [command for command, _ in town.world.menu(new.phone.id)][:3] == ["checkin", "move", "job"]
    assert (await new.file()).joined
    assert await consents_of(town, new) == {
        ("keeping", WORDING, "telegram"),
        ("overseas_chat", WORDING, "telegram"),
    }


async def test_the_liaison_hears_of_it(town: Town, new: Speaker) -> None:
    await new.opens(await invited(town, new))
    assert await town.liaison.reads() == ""
    await new.presses(BOTH)
    assert "施望（柳湾村党支部）已经加入" in await town.liaison.reads()


async def test_joining_is_the_first_contact(town: Town, new: Speaker) -> None:
    await town.passes(days=10)
    await new.opens(await invited(town, new))
    assert (await new.file()).last_contact_kind == "enrolled"
    await new.presses(BOTH)
    assert [contact.kind for contact in await contacts_of(town, new)] == ["check_in"]


async def test_the_liaisons_own_link_leads_in(town: Town, new: Speaker) -> None:
    await town.liaison.says("邀请 施望")
    link = await town.liaison.presses("链接")
    await new.opens(link.rpartition("?start=")[2].split()[0])
    assert "欢迎" in await new.presses(BOTH)


async def test_looking_does_not_use_an_invitation_up(town: Town, new: Speaker) -> None:
    code = await invited(town, new)
    for _ in range(2):
        assert "同意" in "".join([await new.opens(code), *new.buttons()])
    assert "欢迎" in await new.presses(BOTH)


async def test_declining_keeps_nothing(town: Town, new: Speaker) -> None:
    await new.opens(await invited(town, new))
    assert "不再打扰" in await new.presses(NO)
    assert await consents_of(town, new) == set()
    assert await addresses_of(town, new) == {"+8613900000011": False}
    assert await contacts_of(town, new) == []
    assert "这里是联动" in await new.says("签到")


async def test_whoever_declined_may_think_again(town: Town, new: Speaker) -> None:
    code = await invited(town, new)
    await new.opens(code)
    await new.presses(NO)
    await new.opens(code)
    assert "欢迎" in await new.presses(BOTH)


async def test_sms_only_is_done_when_the_number_on_the_roster_answers(town: Town, new: Speaker) -> None:
    await new.opens(await invited(town, new))
    assert "回复 1" in await new.presses(SMS_ONLY)
    assert not (await new.file()).joined
    asked = await new.reads("sms")
    assert "施望" not in asked and "党" not in asked
    assert "登记好了" in await new.says("1", by="sms")
    assert (await new.file()).joined
    assert list(await addresses_of(town, new)) == ["+8613900000011"]
    assert {kind for kind, _, _ in await consents_of(town, new)} == {"keeping"}


@pytest.mark.parametrize(("number", "leads_to"), [("1", "欢迎"), ("2", "回复 1"), ("3", "不再打扰")])
async def test_the_number_of_an_answer_does_as_well_as_its_button(
    town: Town, new: Speaker, number: str, leads_to: str
) -> None:
    await new.opens(await invited(town, new))
    assert leads_to in await new.says(number)


async def test_a_typed_yes_leaves_open_which_way_and_is_asked(town: Town, new: Speaker) -> None:
    await new.opens(await invited(town, new))
    assert "只用短信" in await new.says("同意")
    assert await consents_of(town, new) == set()


async def test_ones_own_number_on_the_roster_leads_in(town: Town, new: Speaker) -> None:
    assert "分享您本人的号码" in await new.says("你好")
    assert town.world.keyboard(new.phone.id) == (("分享我的手机号",),)
    await new.shares_contact()
    assert "欢迎" in await new.presses(BOTH)
    assert (await addresses_of(town, new))["+8613900000011"]


async def test_somebody_elses_card_does_not_count(town: Town, new: Speaker) -> None:
    stranger = await town.moves_in("stranger", "路人", "+8613900000099", on_roster=False, joined=False)
    assert "不是您自己的名片" in await stranger.shares_contact(new.phone.number)
    assert await consents_of(town, new) == set()


async def test_a_number_not_on_the_roster_is_told_where_to_ask(town: Town) -> None:
    phone = town.world.add_phone("路人", "+8613900000099")
    town.people["passer"] = Speaker(town, "", phone)
    assert "不在名册上" in await town.passer.shares_contact()


async def test_a_button_shown_to_somebody_else_opens_nothing(town: Town, new: Speaker) -> None:
    thief = Speaker(town, "", town.world.add_phone("路人", "+8613900000099"))
    await thief.says("你好")
    await new.opens(await invited(town, new))
    assert "已过期" in await presses_the_button_of(town, thief, new, BOTH)
    assert not (await new.file()).joined
    assert "欢迎" in await new.presses(BOTH)


async def test_the_same_consent_twice_is_one_joining(town: Town, new: Speaker) -> None:
    await new.opens(await invited(town, new))
    message, row, column = new._button(BOTH)
    for _ in range(2):
        town.world.press(new.phone.id, message.id, row, column)
    assert (await new.reads()).count("欢迎") == 1
    assert (await town.liaison.reads()).count("已经加入") == 1


async def test_a_member_by_sms_gets_the_chat_as_a_second_door(town: Town) -> None:
    both = await town.moves_in("both", "聂舟", "+8613900000012", joined=False, liaison="liaison")
    await both.says("你好", by="sms")
    await both.presses("同意", by="sms")
    await town.liaison.reads()
    await both.opens(await invited(town, both))
    assert "接通了" in await both.presses(BOTH)
    assert "签到" in both.at_hand()
    assert await town.liaison.reads() == ""
    assert "下次" in await both.says("签到") and "下次" in await both.says("签到", by="sms")
    assert ("overseas_chat", WORDING, "telegram") in await consents_of(town, both)


@pytest.mark.parametrize("role", ["liaison", "secretary"])
async def test_who_holds_an_office_only_joins_the_same_way(
    town: Town, role: Literal["liaison", "secretary"]
) -> None:
    officer = await town.moves_in(
        "officer", "简助", "+8613900000013", on_roster=False, joined=False, role=role
    )
    await officer.opens(await invited(town, officer))
    assert "谁失联了" in await officer.presses(BOTH)
    assert town.world.menu(officer.phone.id)[0][0] == "silent"


async def test_who_is_inside_leaves_an_invitation_for_whom_it_was_meant(town: Town, new: Speaker) -> None:
    code = await invited(town, new)
    assert "已经登记好了" in await town.member.opens(code)
    await new.opens(code)
    assert "欢迎" in await new.presses(BOTH)


async def test_two_invitations_opened_in_one_chat_let_in_one_person(town: Town, new: Speaker) -> None:
    other = await town.moves_in("other", "鲁晨", "+8613900000014", joined=False)
    await new.opens(await invited(town, new))
    first, row, column = new._button(BOTH)
    await new.opens(await invited(town, other))
    second, _, _ = new._button(BOTH)
    for message in (first, second):
        town.world.press(new.phone.id, message.id, row, column)
    assert "已经登记好了" in await new.reads()
    assert (await new.file()).joined and not (await other.file()).joined


async def test_a_newer_invitation_leaves_the_earlier_link_good_until_one_is_used(
    town: Town, new: Speaker
) -> None:
    earlier, later = await invited(town, new), await invited(town, new)
    await new.opens(earlier)
    assert "欢迎" in await new.presses(BOTH)
    other = await town.moves_in("other", "麦禾", "+8613900000012", on_roster=False, joined=False)
    assert "用过了" in await other.opens(later)


@pytest.mark.parametrize("words", ["签到", "这是什么？", "/start"])
async def test_whatever_is_written_below_the_notice_is_led_back_to_it(
    town: Town, new: Speaker, words: str
) -> None:
    assert "邀请链接" in await new.says(words)
    await new.opens(await invited(town, new))
    heard = await new.says(words)
    assert "请先在上面点一个" in heard and "邀请链接" not in heard
    assert "施望" in await new.presses(BOTH)
