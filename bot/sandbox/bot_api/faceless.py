"""Words in Telegram behind which stands nobody we could name: admins without a name, channels, the service.

As the Bot API brings them ("User", "sender_chat", "is_automatic_forward"): the ids are Telegram's own.
"""

from __future__ import annotations

from itertools import count

from bot.sandbox.bot_api import people
from bot.sandbox.bot_api.people import Json, seconds
from bot.sandbox.telegram_side import TelegramSide

ANONYMOUS_ADMIN: Json = {
    "id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"
}  # fmt: skip
CHANNEL_IN_A_GROUP: Json = {
    "id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"
}  # fmt: skip
THE_SERVICE: Json = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
CHANNEL: Json = {"id": -1_001_700_000_007, "title": "云溪公告", "type": "channel"}

_ids = count(1)


def anonymous_admin_says(side: TelegramSide, group_id: int, text: str) -> None:
    """An admin who hides behind the group."""
    group = people.chat(side.chats[group_id].place)
    _tell(side, group_id, text, {"from": ANONYMOUS_ADMIN, "sender_chat": group})


def channel_says(side: TelegramSide, group_id: int, text: str) -> None:
    """Somebody who speaks in the group in the name of their channel."""
    _tell(side, group_id, text, {"from": CHANNEL_IN_A_GROUP, "sender_chat": CHANNEL})


def linked_post_arrives(side: TelegramSide, group_id: int, text: str) -> None:
    """What the group's channel posted comes into the group by itself."""
    origin = {"type": "channel", "chat": CHANNEL, "message_id": 5, "date": seconds(side.clock.now())}
    more = {"is_automatic_forward": True, "forward_origin": origin}
    _tell(side, group_id, text, {"from": THE_SERVICE, "sender_chat": CHANNEL, **more})


def channel_posts(side: TelegramSide, text: str, *, edited: bool = False) -> None:
    """A post in a channel in which the bot is; it has no sender at all."""
    now = seconds(side.clock.now())
    post: Json = {
        "message_id": next(_ids),
        "chat": CHANNEL,
        "sender_chat": CHANNEL,
        "date": now,
        "text": text,
    }
    if edited:
        side.updates.add("edited_channel_post", post | {"edit_date": now})
    else:
        side.updates.add("channel_post", post)


def _tell(side: TelegramSide, group_id: int, text: str, sender: Json) -> None:
    chat = side.chats[group_id]
    where: Json = {"message_id": chat.next_id, "chat": people.chat(chat.place)}
    chat.next_id += 1
    side.updates.add("message", where | {"date": seconds(side.clock.now()), "text": text} | sender)
