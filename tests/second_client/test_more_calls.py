"""Albums, copies, members, the bot's own name: what a good client calls besides."""

from __future__ import annotations

import base64

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramNotFound
from aiogram.types import (
    BotCommand,
    BotCommandScopeChatMember,
    BufferedInputFile,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    MenuButtonCommands,
    MenuButtonDefault,
    ReplyKeyboardMarkup,
)
from conftest import Hands

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="
)


def dot(name: str = "dot.png") -> BufferedInputFile:
    return BufferedInputFile(PIXEL, name)


async def test_an_album_stands_together(bot: Bot, hands: Hands, welder: int) -> None:
    known = (await bot.send_photo(welder, dot())).photo[-1].file_id
    media = [
        InputMediaPhoto(media=dot("a.png"), caption="<b>工地</b>", parse_mode="HTML"),
        InputMediaPhoto(media=known),
    ]
    sent = await bot.send_media_group(welder, media)
    assert [message.caption for message in sent] == ["工地", None]
    assert sent[0].caption_entities[0].type == "bold"
    assert len({message.media_group_id for message in sent}) == 1 and sent[0].media_group_id
    assert [bool(bubble["picture"]) for bubble in (await hands.screen(phone=welder))[-2:]] == [True, True]


async def test_what_is_no_album_is_refused(bot: Bot, welder: int) -> None:
    mixed = [InputMediaPhoto(media=dot()), InputMediaDocument(media=dot())]
    with pytest.raises(TelegramBadRequest, match="document can't be mixed with other media types"):
        await bot.send_media_group(welder, mixed)
    with pytest.raises(TelegramBadRequest, match="too many messages to send as an album"):
        await bot.send_media_group(welder, [InputMediaPhoto(media=dot(f"{n}.png")) for n in range(11)])
    with pytest.raises(TelegramBadRequest, match="there are no messages to send"):
        await bot.send_media_group(welder, [])


async def test_several_messages_go_at_once(bot: Bot, hands: Hands, welder: int) -> None:
    sent = [(await bot.send_message(welder, str(n))).message_id for n in range(3)]
    assert await bot.delete_messages(welder, [*sent, 9999])
    assert [bubble["text"] for bubble in await hands.screen(phone=welder)] == ["/start"]
    with pytest.raises(TelegramBadRequest, match="message identifiers are not specified"):
        await bot.delete_messages(welder, [])


async def test_of_others_nothing_is_deleted_without_rights(bot: Bot, hands: Hands, welder: int) -> None:
    group = await hands.new_group(title="村里", members=[welder], bot_is_admin=False)
    typed = await hands.type_in_group(group=group, phone=welder, text="/help")
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(group, typed)


async def test_forwarded_and_copied(bot: Bot, hands: Hands, welder: int) -> None:
    typed = await hands.type(phone=welder, text="我在昆山")
    forwarded = await bot.forward_message(welder, welder, typed)
    assert forwarded.text == "我在昆山" and forwarded.forward_origin.sender_user.id == welder
    photo = await bot.send_photo(welder, dot(), caption="三月")
    copied = await bot.copy_message(welder, welder, photo.message_id, caption="四月")
    assert copied.message_id == photo.message_id + 1
    assert (await hands.last(phone=welder))["text"] == "四月"
    with pytest.raises(TelegramBadRequest, match="message to copy not found"):
        await bot.copy_message(welder, welder, 9999)
    secret = await bot.send_message(welder, "不外传", protect_content=True)
    assert secret.has_protected_content
    with pytest.raises(TelegramBadRequest, match="message can't be forwarded"):
        await bot.forward_message(welder, welder, secret.message_id)


async def test_who_is_in_a_chat(bot: Bot, hands: Hands, welder: int) -> None:
    other, stranger = await hands.somebody(), await hands.somebody()
    group = await hands.new_group(title="村里", members=[welder, other])
    me = await bot.me()
    seen = [(await bot.get_chat_member(group, user)).status for user in (welder, other, stranger, me.id)]
    assert seen == ["creator", "member", "left", "administrator"]
    assert await bot.get_chat_member_count(group) == 3
    assert [member.user.id for member in await bot.get_chat_administrators(group)] == [welder, me.id]
    assert (await bot.get_chat_member(welder, welder)).status == "member"
    assert (await bot.get_chat(group)).type == "supergroup"
    with pytest.raises(TelegramBadRequest, match="there are no administrators in the private chat"):
        await bot.get_chat_administrators(welder)
    with pytest.raises(TelegramBadRequest, match="user not found"):
        await bot.get_chat_member(group, 424242)


async def test_the_bot_says_who_it_is_in_each_language(bot: Bot) -> None:
    assert (await bot.get_my_name()).name == (await bot.me()).first_name
    assert await bot.set_my_name("Liandong", language_code="en")
    assert (await bot.get_my_name(language_code="en")).name == "Liandong"
    assert await bot.set_my_description("报平安")
    assert (await bot.get_my_description(language_code="fr")).description == "报平安"
    assert await bot.set_my_short_description("联动")
    assert (await bot.get_my_short_description()).short_description == "联动"


async def test_the_menu_button_and_one_members_commands(bot: Bot, hands: Hands, welder: int) -> None:
    assert isinstance(await bot.get_chat_menu_button(welder), MenuButtonDefault)
    assert await bot.set_chat_menu_button(welder, MenuButtonCommands())
    assert isinstance(await bot.get_chat_menu_button(welder), MenuButtonCommands)
    group = await hands.new_group(title="村里", members=[welder])
    scope = BotCommandScopeChatMember(chat_id=group, user_id=welder)
    assert await bot.set_my_commands([BotCommand(command="only", description="自己")], scope=scope)
    assert [each.command for each in await bot.get_my_commands(scope)] == ["only"]
    with pytest.raises(TelegramBadRequest, match="can't use specified scope in private chats"):
        await bot.get_my_commands(BotCommandScopeChatMember(chat_id=welder, user_id=welder))


async def test_buttons_and_keyboards_of_every_kind(bot: Bot, hands: Hands, welder: int) -> None:
    copy = InlineKeyboardButton(text="复制", copy_text=CopyTextButton(text="QD"))
    link = InlineKeyboardButton(text="热线", url="12333.gov.cn")
    sent = await bot.send_message(
        welder, "看", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[copy, link]])
    )
    assert sent.reply_markup.inline_keyboard[0][0].copy_text.text == "QD"
    assert sent.reply_markup.inline_keyboard[0][1].url == "http://12333.gov.cn/"
    keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="签到")]], is_persistent=True)
    await bot.send_message(welder, "点", reply_markup=keys)
    assert await hands.keyboard(phone_id=welder) == [["签到"]]
    await bot.send_message(welder, "写", reply_markup=ForceReply(input_field_placeholder="写这里"))


async def test_what_is_not_offered_says_so(bot: Bot, welder: int) -> None:
    with pytest.raises(TelegramNotFound) as refused:
        await bot.send_dice(welder)
    assert refused.value.message == "Not Found: method sendDice is not offered by this sandbox"


async def test_an_album_does_not_reach_who_blocked_the_bot(bot: Bot, hands: Hands, welder: int) -> None:
    await hands.block(phone_id=welder)
    with pytest.raises(TelegramForbiddenError):
        await bot.send_media_group(welder, [InputMediaPhoto(media=dot()), InputMediaPhoto(media=dot())])
