"""What becomes of the buttons of a message once one of them was pressed."""

from __future__ import annotations

from bot.sandbox.phones import ChatMessage
from content.rules.looking import LOOKING
from handlers import for_members, for_office, switchboard
from tests.conversations.office import heard
from tests.conversations.town import Speaker, Town


def labels(message: ChatMessage) -> list[str]:
    return [button.label for row in message.buttons for button in row]


def standing(who: Speaker, words: str) -> list[str]:
    """The buttons that hang under the latest message with these words."""
    chat = who.town.world.chat(who.phone.id)
    return labels(next(m for m in reversed(chat) if m.from_bot and words in m.text))


async def test_a_list_stays_a_list_when_a_name_in_it_is_opened(town: Town) -> None:
    await heard(town, town.member, 44)
    await heard(town, town.old, 50)
    await town.secretary.says("失联")
    assert "欧阳山" in await town.secretary.presses("1. ")
    assert standing(town.secretary, "失联 2 人") == ["1. 欧阳**", "2. 石**"]
    assert "石远" in await town.secretary.presses("2. ")


async def test_a_sent_reminder_cannot_be_sent_again_but_the_call_can_still_be_noted(town: Town) -> None:
    await town.liaison.says("找 石远")
    assert "记一次电话" in town.liaison.buttons() and "发提醒" in town.liaison.buttons()
    await town.liaison.presses("发提醒")
    assert standing(town.liaison, "柳湾村党支部") == ["记一次电话", "记一次走访", "记一条消息"]
    assert "怎么样" in await town.liaison.presses("记一次电话")


async def test_a_confirmation_is_given_once(town: Town) -> None:
    await town.member.says("我搬到昆山了")
    await town.member.presses("对")
    assert standing(town.member, "对吗") == []


def test_whatever_counts_as_looking_is_something_that_can_be_heard() -> None:
    heard_of = {*switchboard.FOR_ANYBODY, *for_members.FOR_MEMBERS, *for_office.FOR_LIAISONS}
    assert heard_of >= LOOKING
