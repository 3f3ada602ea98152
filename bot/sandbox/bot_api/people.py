"""Users, chats and who is a member of them in Telegram's own JSON."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.sandbox.phones import Group, Phone

if TYPE_CHECKING:
    from bot.sandbox.telegram_side import BotAccount, Chat, TelegramSide

Json = dict[str, Any]
# Ids of supergroups and channels begin below this (core.telegram.org/api/bots/ids).
FIRST_SUPERGROUP = -1_000_000_000_000


def bot_user(account: BotAccount) -> Json:
    return {"id": account.id, "is_bot": True, "first_name": account.name, "username": account.username}


def get_me(account: BotAccount) -> Json:
    return bot_user(account) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def user(phone: Phone) -> Json:
    return {"id": phone.id, "is_bot": False, "first_name": phone.owner, "language_code": "zh-hans"}


def chat(place: Phone | Group) -> Json:
    if isinstance(place, Phone):
        return {"id": place.id, "type": "private", "first_name": place.owner}
    kind = "supergroup" if place.id < FIRST_SUPERGROUP else "group"
    return {"id": place.id, "type": kind, "title": place.title}


def full_chat(place: Phone | Group) -> Json:
    """A ChatFullInfo, which getChat answers with."""
    return chat(place) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def my_chat_member(side: TelegramSide, where: Chat, by: Phone, old: str, new: str) -> Json:
    return {
        "chat": chat(where.place),
        "from": user(by),
        "date": seconds(side.clock.now()),
        "old_chat_member": membership(bot_user(side.account), old),
        "new_chat_member": membership(bot_user(side.account), new),
    }


def moved(side: TelegramSide, where: Chat, to: Chat) -> Json:
    """The service's own word that a small group became a supergroup."""
    return {
        "message_id": where.next_id,
        "from": user(side.people[_members(where)[0]]),
        "chat": chat(where.place),
        "date": seconds(side.clock.now()),
        "migrate_to_chat_id": to.id,
    }


def seconds(at: datetime) -> int:
    return int(at.timestamp())


def _members(where: Chat) -> tuple[int, ...]:
    return where.place.members if isinstance(where.place, Group) else (where.place.id,)


def membership(whose: Json, status: str) -> Json:
    said: Json = {"user": whose, "status": status}
    if status == "creator":
        return said | {"is_anonymous": False}
    if status == "kicked":
        return said | {"until_date": 0}
    return said | _ADMIN_RIGHTS if status == "administrator" else said


_ADMIN_RIGHTS: Json = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": False,
    "can_restrict_members": False,
    "can_promote_members": False,
    "can_change_info": False,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_send_welcome_messages": False,
}
