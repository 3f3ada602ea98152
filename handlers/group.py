"""A group chat: others read along, so nothing personal is said there, and nothing counts there."""

from __future__ import annotations

from content.letter import Letter
from content.words.catalogue import tongue
from handlers.turn import House

_CHECK_INS = frozenset({"签到", "报平安", "打卡", "QD"})


def in_a_group(house: House, text: str) -> Letter | None:
    """Where to go, for a command or a check-in; None for all other talk, which is none of ours.

    A check-in among others is not entered: who writes it is told so, and not taken for safe by mistake.
    """
    t = tongue(house.language)
    link = f"https://t.me/{house.bot_name}"
    if text.strip().upper() in _CHECK_INS:
        return Letter(chat=t.say("群里签到不算数，请私下写给我：{link}", link=link))
    if text.startswith("/"):
        return Letter(chat=t.say("这里人多，请私下写给我：{link}", link=link))
    return None
