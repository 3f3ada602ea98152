"""What the program hears when people do things in Telegram."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.channels.contract import Button, Incoming, Outgoing, Unreadable
from bot.channels.telegram import Telegram, Webhook
from bot.channels.telegram.reading import read_update
from bot.sandbox.phones import Phone
from bot.sandbox.world import World

ME = {"id": 42, "is_bot": False, "first_name": "何"}
PRIVATE = {"id": 42, "type": "private"}
GROUP = {"id": -1001, "type": "supergroup", "title": "惠州小组"}


async def heard(door: Telegram) -> list[Incoming]:
    return [one for raw in await door.updates(0, 0) if (one := door.read(raw))]


async def test_what_is_typed_is_heard_with_who_said_it(world: World, door: Telegram, welder: Phone) -> None:
    world.type(welder.id, "签到，厂里赶货")
    (said,) = await heard(door)
    assert (said.kind, said.text, said.address) == ("text", "签到，厂里赶货", str(welder.id))
    assert (said.chat, said.group) == ("", False)


async def test_a_press_brings_its_token_and_place(world: World, door: Telegram, welder: Phone) -> None:
    world.press(welder.id, await asked(world, door, welder))
    said = (await heard(door))[-1]
    assert (said.kind, said.token) == ("press", "t1")
    assert said.press is not None
    assert said.press.message_id == world.chat(welder.id)[-1].id


async def test_in_a_group_the_speaker_is_known_and_the_answer_goes_to_the_group(
    world: World, door: Telegram, welder: Phone
) -> None:
    group = world.add_group("惠州小组", [welder.id])
    world.type_in_group(group.id, welder.id, "/checkin@liandong_sandbox_bot 都好")
    world.type_in_group(group.id, welder.id, "/weather@another_bot")
    (said,) = await heard(door)
    assert (said.text, said.group) == ("/checkin 都好", True)
    assert (said.address, said.chat) == (str(welder.id), str(group.id))


async def test_a_document_comes_with_its_caption(world: World, door: Telegram, welder: Phone) -> None:
    world.send_document(welder.id, "名单.xlsx", b"PK", "三月的")
    (said,) = await heard(door)
    assert (said.kind, said.file_name, said.text) == ("document", "名单.xlsx", "三月的")
    assert await door.download(said.file_id, 10) == b"PK"


async def test_who_blocks_us_and_comes_back_is_heard(world: World, door: Telegram, welder: Phone) -> None:
    world.block(welder.id)
    world.unblock(welder.id)
    said = await heard(door)
    assert [(one.kind, one.text, one.address) for one in said] == [
        ("other", "blocked", str(welder.id)),
        ("other", "unblocked", str(welder.id)),
    ]


async def test_ones_own_card_is_a_number_and_somebody_elses_is_none(
    world: World, door: Telegram, welder: Phone, grandfather: Phone
) -> None:
    world.share_contact(welder.id)
    world.share_contact(welder.id, grandfather.number)
    assert [(one.kind, one.own_contact) for one in await heard(door)] == [
        ("contact", "+8613900139001"),
        ("contact", ""),
    ]


async def test_what_was_not_taken_over_is_told_again(world: World, door: Telegram, welder: Phone) -> None:
    world.type(welder.id, "签到")
    (first,) = await door.updates(0, 0)
    assert await door.updates(0, 0) == [first]
    assert await door.updates(first["update_id"] + 1, 0) == []


async def test_a_word_ends_the_wait_at_once(world: World, door: Telegram, welder: Phone) -> None:
    waiting = asyncio.create_task(door.updates(0, 20))
    await asyncio.sleep(0.05)
    world.type(welder.id, "签到")
    async with asyncio.timeout(15):
        assert len(await waiting) == 1


async def test_a_webhook_is_asked_for_and_given_up_again(world: World, url: str, welder: Phone) -> None:
    token = world.telegram.account.token
    world.type(welder.id, "签到")
    hook = Telegram(token, url, Webhook("http://127.0.0.1:9/hook", "s" * 20))
    assert await hook.start() == world.telegram.account.username
    assert world.telegram.updates.webhook is not None
    await hook.close()
    door = Telegram(token, url)
    await door.start()
    assert world.telegram.updates.webhook is None
    assert len(await heard(door)) == 1
    await door.close()


def message(**fields: Any) -> dict[str, Any]:
    said = {"message_id": 5, "date": 1, "from": ME, "chat": PRIVATE} | fields
    return {"update_id": 7, "message": said}


CARD = {"phone_number": "8613900139001", "first_name": "何", "user_id": 42}


@pytest.mark.parametrize(
    "raw",
    [
        message(contact=CARD, forward_origin={"type": "user"}),
        message(contact=CARD, chat=GROUP),
        message(contact=CARD | {"user_id": 43}),
    ],
    ids=["forwarded", "in a group", "of another account"],
)
def test_a_card_proves_nothing_where_it_could_be_borrowed(raw: dict[str, Any]) -> None:
    said = read_update(raw, "bot")
    assert said is not None
    assert (said.kind, said.own_contact) == ("contact", "")


def test_a_card_from_abroad_keeps_its_country() -> None:
    said = read_update(message(contact=CARD | {"phone_number": "447400123456"}), "bot")
    assert said is not None
    assert said.own_contact == "+447400123456"


def test_words_under_a_photo_count_and_a_mere_photo_is_something_else() -> None:
    with_words = read_update(message(photo=[], caption="签到"), "bot")
    without = read_update(message(photo=[]), "bot")
    assert with_words is not None
    assert without is not None
    assert [(one.kind, one.text) for one in (with_words, without)] == [("text", "签到"), ("other", "")]


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 7, "edited_message": message(text="签到了")["message"]},
        {"update_id": 7, "channel_post": {"message_id": 1, "chat": {"id": -5}, "text": "x"}},
        message(text="x", **{"from": {"id": 777000, "is_bot": False}}),
        message(text="x", chat=GROUP, **{"from": {"id": 1087968824, "is_bot": True}}),
        message(text="x", chat=GROUP, sender_chat={"id": -1001}),
        message(text="x", **{"from": {"id": 9, "is_bot": True}}),
        message(pinned_message={"message_id": 1}, chat=GROUP),
        {"update_id": 7, "callback_query": {"id": "1", "from": ME, "inline_message_id": "x", "data": "t"}},
        {"update_id": 7, "something_new": {}},
    ],
    ids=["edited", "channel", "service account", "anonymous admin", "as a channel", "a bot", "a notice",
         "inline", "not known yet"],
)  # fmt: skip
def test_what_is_no_persons_word_to_us_says_nothing(raw: dict[str, Any]) -> None:
    assert read_update(raw, "bot") is None


@pytest.mark.parametrize(
    "raw",
    [{}, {"update_id": "x"}, {"update_id": 7, "message": 3}, {"update_id": 7, "message": {"from": ME}}],
)
def test_garbage_is_said_to_be_garbage(raw: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read_update(raw, "bot")


def test_a_new_form_of_a_field_we_never_read_costs_nobody_a_check_in() -> None:
    said = read_update(message(text="签到", entities="?", link_preview_options=3, date="?"), "bot")
    assert said is not None
    assert said.text == "签到"


async def asked(world: World, door: Telegram, welder: Phone) -> int:
    world.type(welder.id, "/start")
    buttons = ((Button("是", "t1"),),)
    sent = await door.send(Outgoing(str(welder.id), "还在惠州吗？", "77", buttons=buttons))
    return int(sent.provider_id)
