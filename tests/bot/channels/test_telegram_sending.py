"""What people see on their phones after a letter went through Telegram."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.contract import AddressFailed, Button, MessageRefused, Outgoing, Press, Rows
from bot.channels.telegram import Telegram
from bot.sandbox.phones import Phone
from bot.sandbox.world import World
from content.letter import Attachment

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
YES_NO = ((Button("是", "t1"), Button("否", "t2")),)


@pytest.fixture(autouse=True)
def _the_welder_said_hello(world: World, welder: Phone) -> None:
    world.type(welder.id, "/start")


def to(welder: Phone, text: str = "您还在惠州吗？", **more: object) -> Outgoing:
    return Outgoing(to=str(welder.id), text=text, reference="77", **more)  # type: ignore[arg-type]


async def test_a_question_comes_with_its_buttons(world: World, door: Telegram, welder: Phone) -> None:
    sent = await door.send(to(welder, buttons=YES_NO))
    shown = world.chat(welder.id)[-1]
    assert (shown.text, str(shown.id)) == ("您还在惠州吗？", sent.provider_id)
    assert [[button.data for button in row] for row in shown.buttons] == [["t1", "t2"]]


async def test_an_answer_to_a_press_stops_the_spinner_and_takes_the_old_buttons(
    world: World, door: Telegram, welder: Phone
) -> None:
    await door.send(to(welder, buttons=YES_NO))
    question = world.chat(welder.id)[-1]
    world.press(welder.id, question.id)
    press = await pressed(door)
    calls: list[str] = []
    world.telegram.gate = lambda method, said: calls.append(method)
    assert press.buttons == YES_NO
    await door.send(to(welder, "记下了。", press=replace(press, buttons=())))
    assert world.chat(welder.id)[-1].text == "记下了。"
    assert not world.chat(welder.id)[-2].buttons
    assert calls == ["answercallbackquery", "sendmessage", "editmessagereplymarkup"]


@pytest.mark.parametrize(("left", "stay"), [(((Button("否", "t2"),),), ["t2"]), (None, ["t1", "t2"])])
async def test_what_was_only_looked_at_stays_pressable(
    world: World, door: Telegram, welder: Phone, left: Rows | None, stay: list[str]
) -> None:
    first = await door.send(to(welder, buttons=YES_NO))
    await door.send(to(welder, "给您看。", press=Press("1", int(first.provider_id), left)))
    assert [button.data for row in world.chat(welder.id)[-2].buttons for button in row] == stay


async def test_an_answer_that_comes_too_late_for_the_spinner_still_comes(
    world: World, door: Telegram, welder: Phone
) -> None:
    await door.send(to(welder, buttons=YES_NO))
    await door.send(to(welder, "记下了。", press=Press("1", world.chat(welder.id)[-1].id)))
    assert world.chat(welder.id)[-1].text == "记下了。"


async def test_a_page_is_turned_in_its_place(world: World, door: Telegram, welder: Phone) -> None:
    first = await door.send(to(welder, "第一页", buttons=YES_NO))
    before = len(world.chat(welder.id))
    press = Press("1", int(first.provider_id))
    turned = await door.send(to(welder, "第二页", buttons=YES_NO, press=press, rewrites=True))
    again = await door.send(to(welder, "第二页", buttons=YES_NO, press=press, rewrites=True))
    assert first == turned == again
    assert world.chat(welder.id)[-1].text == "第二页"
    assert len(world.chat(welder.id)) == before


async def test_where_the_old_message_is_gone_the_page_comes_anew(
    world: World, door: Telegram, welder: Phone
) -> None:
    await door.send(to(welder, "第二页", press=Press("1", 999), rewrites=True))
    assert world.chat(welder.id)[-1].text == "第二页"


async def test_a_long_lesson_comes_in_pages_broken_at_line_ends(
    world: World, door: Telegram, welder: Phone
) -> None:
    lesson = "\n".join(f"第{n}条 " + "学" * 90 for n in range(100))
    await door.send(to(welder, lesson, buttons=YES_NO))
    pages = world.chat(welder.id)[1:]
    assert "\n".join(page.text for page in pages) == lesson
    assert [bool(page.buttons) for page in pages] == [False] * (len(pages) - 1) + [True]


async def test_a_picture_carries_a_short_text_and_follows_a_long_one(
    world: World, door: Telegram, welder: Phone
) -> None:
    picture = Attachment("map.png", "image/png", PNG)
    await door.send(to(welder, "三月月报", picture=picture, buttons=YES_NO))
    assert world.chat(welder.id)[-1].text == "三月月报"
    await door.send(to(welder, "长" * 1025, picture=picture, buttons=YES_NO))
    words, shown = world.chat(welder.id)[-2:]
    assert (words.text, words.buttons) == ("长" * 1025, ())
    assert shown.picture is not None
    assert shown.picture.content == PNG
    assert shown.buttons


async def test_a_register_comes_as_a_file_and_can_be_fetched_back(
    world: World, door: Telegram, welder: Phone
) -> None:
    register = Attachment("流出登记簿.xlsx", "application/octet-stream", b"PK" + bytes(300_000))
    await door.send(to(welder, "请核对", document=register))
    shown = world.chat(welder.id)[-1].document
    assert shown is not None
    assert (shown.name, shown.content) == (register.name, register.content)
    assert await door.download(shown.id, 400_000) == register.content
    with pytest.raises(MessageRefused, match="file_too_large"):
        await door.download(shown.id, 300_000)


async def test_the_button_for_ones_number_goes_away_with_the_next_word(
    world: World, door: Telegram, welder: Phone
) -> None:
    await door.send(to(welder, "请把号码告诉我们", asks_contact="分享我的号码"))
    assert world.keyboard(welder.id) == (("分享我的号码",),)
    await door.send(to(welder, "收到", to_stranger=True))
    assert world.keyboard(welder.id) == ()


async def test_keys_rest_below_the_chat_until_others_come(
    world: World, door: Telegram, welder: Phone
) -> None:
    await door.send(to(welder, "欢迎", keys=(("签到", "求助"), ("我的资料",))))
    assert world.keyboard(welder.id) == (("签到", "求助"), ("我的资料",))
    await door.send(to(welder, "收到"))
    await door.send(to(welder, buttons=YES_NO))
    assert world.keyboard(welder.id) == (("签到", "求助"), ("我的资料",))
    await door.send(to(welder, "您是联系人了", keys=(("谁失联了",),)))
    assert world.keyboard(welder.id) == (("谁失联了",),)


async def test_who_is_asked_for_a_number_can_still_choose_otherwise(
    world: World, door: Telegram, welder: Phone
) -> None:
    await door.send(to(welder, "请把号码告诉我们", asks_contact="分享我的号码", buttons=YES_NO))
    assert world.keyboard(welder.id) == (("分享我的号码",),)
    assert world.chat(welder.id)[-1].buttons


async def test_a_secretary_gets_a_menu_of_their_own(world: World, door: Telegram, welder: Phone) -> None:
    await door.send(to(welder, menu=(("ledger", "看台账"),)))
    assert world.menu(welder.id) == (("ledger", "看台账"),)


async def test_whoever_blocked_us_has_lost_that_address(world: World, door: Telegram, welder: Phone) -> None:
    world.block(welder.id)
    with pytest.raises(AddressFailed, match="chat_blocked"):
        await door.send(to(welder))


async def test_a_letter_without_anything_in_it_is_refused(door: Telegram, welder: Phone) -> None:
    with pytest.raises(MessageRefused, match="empty"):
        await door.send(to(welder, ""))


async def pressed(door: Telegram) -> Press:
    heard = [door.read(raw) for raw in await door.updates(0, 0)]
    return next(one.press for one in reversed(heard) if one and one.press)
