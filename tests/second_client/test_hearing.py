"""What people do reaches aiogram by polling, each update once and in order."""

from __future__ import annotations

import asyncio
import base64

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramConflictError
from aiogram.types import Message, Update
from conftest import TOKEN, Hands, bot_with

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAABdwAAAPoCAYAAAACAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="
)


async def heard(bot: Bot) -> Update:
    return (await bot.get_updates())[-1]


async def test_a_dispatcher_polls_and_answers(bot: Bot, hands: Hands, welder: int) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def answer(message: Message) -> None:
        await message.answer(f"收到：{message.text}")

    polling = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False)
    )
    for n in range(5):
        await hands.type(phone=welder, text=f"签到{n}")
    async with asyncio.timeout(10):
        while (await hands.last(phone=welder))["text"] != "收到：签到4":  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    await dispatcher.stop_polling()
    await polling
    said = [bubble["text"] for bubble in await hands.screen(phone=welder) if bubble["from_bot"]]
    assert sorted(said) == [f"收到：签到{n}" for n in range(5)]


async def test_what_is_typed_arrives_with_its_entities(bot: Bot, hands: Hands, welder: int) -> None:
    await hands.type(phone=welder, text="😀 /help 看 https://12333.gov.cn/a 吧")
    message = (await heard(bot)).message
    assert message and message.from_user and message.chat.type == "private"
    assert message.from_user.id == message.chat.id == welder
    assert [(e.type, e.extract_from(message.text)) for e in message.entities] == [
        ("bot_command", "/help"),
        ("url", "https://12333.gov.cn/a"),
    ]


async def test_offset_and_limit_confirm_in_order(bot: Bot, hands: Hands, welder: int) -> None:
    for n in range(7):
        await hands.type(phone=welder, text=str(n))
    first = await bot.get_updates(limit=3)
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert [u.message.text for u in [*first, *rest]] == list("0123456")
    assert await bot.get_updates(offset=rest[-1].update_id + 1) == []


async def test_an_answer_to_a_message_carries_it(bot: Bot, hands: Hands, welder: int) -> None:
    asked = await bot.send_message(welder, "近来好吗？")
    await hands.type(phone=welder, text="都好", reply_to=asked.message_id)
    message = (await heard(bot)).message
    assert message and message.reply_to_message
    assert message.reply_to_message.text == "近来好吗？"


async def test_a_mended_word_is_an_edited_message(bot: Bot, hands: Hands, welder: int) -> None:
    typed = await hands.type(phone=welder, text="签道")
    await hands.edit(phone=welder, message=typed, text="签到")
    edited = (await heard(bot)).edited_message
    assert edited and (edited.text, edited.message_id) == ("签到", typed)
    assert edited.edit_date


async def test_a_card_says_whose_it_is(bot: Bot, hands: Hands, welder: int) -> None:
    await hands.share_contact(phone=welder)
    own = (await heard(bot)).message.contact
    assert own and own.user_id == welder and own.phone_number.startswith("86139")
    await hands.share_contact(phone=welder, number="+8613700000000")
    assert (await heard(bot)).message.contact.user_id is None


async def test_a_document_of_a_member_is_fetched(bot: Bot, hands: Hands, welder: int) -> None:
    content = base64.b64encode("姓名\n何焊\n".encode()).decode()
    await hands.send_document(phone=welder, name="名册.csv", content=content)
    document = (await heard(bot)).message.document
    assert document and document.file_name == "名册.csv"
    file = await bot.get_file(document.file_id)
    assert file.file_path and file.file_size == document.file_size
    got = await bot.download_file(file.file_path)
    assert got and got.read().decode() == "姓名\n何焊\n"


async def test_a_picture_of_a_member_comes_in_its_sizes(bot: Bot, hands: Hands, welder: int) -> None:
    await hands.send_picture(phone=welder, content=base64.b64encode(PICTURE).decode(), caption="工地")
    message = (await heard(bot)).message
    assert message and message.caption == "工地" and message.photo
    assert [(size.width, size.height) for size in message.photo] == [
        (100, 67),
        (320, 213),
        (800, 533),
        (1280, 853),
        (1500, 1000),
    ]
    assert len({size.file_unique_id for size in message.photo}) == 5
    whole = await bot.download(message.photo[-1])
    assert whole and whole.read() == PICTURE


async def test_blocking_and_coming_back_are_told(bot: Bot, hands: Hands, welder: int) -> None:
    await hands.block(phone_id=welder)
    await hands.unblock(phone_id=welder)
    changes = [update.my_chat_member for update in await bot.get_updates()]
    assert [(c.old_chat_member.status, c.new_chat_member.status) for c in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_only_the_kinds_asked_for_come(bot: Bot, hands: Hands, welder: int) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    await hands.type(phone=welder, text="在")
    assert await bot.get_updates() == []


async def test_in_a_group_without_rights_it_hears_commands_and_answers_to_itself(
    bot: Bot, hands: Hands, welder: int
) -> None:
    group = await hands.new_group(title="村里", members=[welder], bot_is_admin=False)
    asked = await bot.send_message(group, "谁在？")
    await hands.type_in_group(group=group, phone=welder, text="吃了吗")
    await hands.type_in_group(group=group, phone=welder, text="我在", reply_to=asked.message_id)
    await hands.type_in_group(group=group, phone=welder, text="/help")
    said = [update.message.text for update in await bot.get_updates() if update.message]
    assert said == ["我在", "/help"]


async def test_those_without_a_face_come_as_from_telegram(bot: Bot, hands: Hands, welder: int) -> None:
    group = await hands.new_group(title="村里", members=[welder])
    await bot.delete_webhook(drop_pending_updates=True)
    await hands.anonymous_admin(group=group, text="签到")
    await hands.channel_in_group(group=group, text="签到")
    await hands.linked_post(group=group, text="签到")
    await hands.channel_post(text="签到")
    await hands.channel_post(text="签到", edited=True)
    hidden, channel, linked, post, edited = await bot.get_updates()
    assert hidden.message.from_user.username == "GroupAnonymousBot"
    assert hidden.message.sender_chat.id == group
    assert channel.message.from_user.username == "Channel_Bot"
    assert linked.message.from_user.id == 777000 and linked.message.is_automatic_forward
    assert linked.message.forward_origin.type == "channel"
    assert post.channel_post.from_user is None and post.channel_post.chat.type == "channel"
    assert edited.edited_channel_post.edit_date


async def test_the_later_poller_sends_the_earlier_away(bot: Bot, hands: Hands, welder: int) -> None:
    async with bot_with(TOKEN) as second:
        earlier = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.sleep(0.2)
        later = asyncio.create_task(second.get_updates(timeout=20))
        with pytest.raises(TelegramConflictError) as conflict:
            await earlier
        assert conflict.value.message == (
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        )
        await hands.type(phone=welder, text="在")
        assert [update.message.text for update in await later] == ["在"]
