"""getChatMember and the like: who is in a chat, and as what."""

from __future__ import annotations

from bot.sandbox.bot_api import people
from bot.sandbox.bot_api.chats import chat_of
from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.people import Json
from bot.sandbox.bot_api.refusals import bad_request
from bot.sandbox.phones import Group
from bot.sandbox.telegram_side import Chat, TelegramSide


def get_chat_member(side: TelegramSide, parameters: Parameters) -> Json:
    user_id = parameters.number("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    chat = chat_of(side, parameters)
    if user_id == side.account.id:
        return people.membership(people.bot_user(side.account), _of_the_bot(chat))
    if user_id not in side.people:
        raise bad_request("user not found")
    return _of(side, chat, user_id)


def get_chat_member_count(side: TelegramSide, parameters: Parameters) -> int:
    """The bot is counted, too."""
    place = chat_of(side, parameters).place
    return 1 + (len(place.members) if isinstance(place, Group) else 1)


def get_chat_administrators(side: TelegramSide, parameters: Parameters) -> list[Json]:
    """Of bots there is but one, and it does not name itself."""
    chat = chat_of(side, parameters)
    if not isinstance(chat.place, Group):
        raise bad_request("there are no administrators in the private chat")
    founder = [_of(side, chat, chat.place.members[0])] if chat.place.members else []
    if not chat.place.bot_is_admin:
        return founder
    return [*founder, people.membership(people.bot_user(side.account), "administrator")]


def _of_the_bot(chat: Chat) -> str:
    if isinstance(chat.place, Group):
        return "administrator" if chat.place.bot_is_admin else "member"
    return "kicked" if chat.blocked else "member"


def _of(side: TelegramSide, chat: Chat, user_id: int) -> Json:
    """The first of a group founded it."""
    members = chat.place.members if isinstance(chat.place, Group) else (chat.id,)
    founded = isinstance(chat.place, Group) and members[:1] == (user_id,)
    status = "creator" if founded else "member" if user_id in members else "left"
    return people.membership(people.user(side.people[user_id]), status)
