"""What somebody's words may be heard as, one way each: None where they are not that."""

from __future__ import annotations

from typing import NamedTuple

from content.act import Act
from content.rules.office import understand_office
from content.rules.office_running import RUNNING
from content.rules.roles import may
from content.words.keys import key_meant
from handlers import (
    all_clear,
    campaign_words,
    menu,
    number_code,
    questions,
    replying,
    taken_back,
    task_spoken,
)
from handlers.campaign import desk_words, to_decide
from handlers.turn import Turn

LOOKS_UP = frozenset({"find", "silent", "invite", "figures", "six_clear"})
# Said by a member these are no orders: 发给老王了.
_ONLY_AT_THE_DESK = frozenset(
    {"only_for", "not_for", "try_with", "draft_until", "draft_english", "draft_words"}
)
_TONGUES = {"english": "en", "英文": "en", "英语": "en", "中文": "zh", "汉语": "zh", "chinese": "zh"}


class Said(NamedTuple):
    """The words, what they mean by themselves, and what this person was asked in words before."""

    text: str
    acts: tuple[Act, ...]
    awaited: Act | None


async def a_button_of_the_desk(turn: Turn, said: Said) -> Act | None:
    """改对象, as long as there is a draft: on an old phone no button stands under it."""
    return await desk_words.button_typed(turn, said.text)


async def a_draft_settled(turn: Turn, said: Said) -> Act | None:
    return await desk_words.settled(turn, said.text, said.awaited)


async def a_key(turn: Turn, said: Said) -> Act | None:
    """The label of a key that rests below the chat."""
    return key_meant(menu.own(turn), said.text)


async def an_answer_by_its_words(turn: Turn, said: Said) -> Act | None:
    """平安, where 回1 平安 was offered: the words of an answer pick it like its number."""
    return await questions.named(turn, said.text)


async def an_order_of_the_office(turn: Turn, said: Said) -> Act | None:
    """Of whoever holds an office; but an office holder in danger is heard before anything is looked up."""
    if not may(turn.actor.roles, "liaison"):
        return None
    office = understand_office(said.text)
    if office is None or (said.awaited and replying.is_a_note(said.awaited, said.text)):
        return None
    in_danger = any(act.urgent for act in said.acts)
    return None if in_danger and office.intent in LOOKS_UP else office


async def a_code(turn: Turn, said: Said) -> Act | None:
    return await number_code.typed(turn, said.text)


async def a_campaign_called_off(turn: Turn, said: Said) -> Act | None:
    return await campaign_words.called_off(turn, said.text) if said.awaited is None else None


async def a_campaign_halted(turn: Turn, said: Said) -> Act | None:
    return await campaign_words.halted(turn, said.text)


async def a_decision(turn: Turn, said: Said) -> Act | None:
    return await to_decide.decided(turn, said.text, said.awaited)


async def a_deed_taken_back(turn: Turn, said: Said) -> Act | None:
    return await taken_back.heard_in(turn, said.text) if said.awaited is None else None


async def a_task_ended(turn: Turn, said: Said) -> Act | None:
    return await task_spoken.ended_in(turn, said.text) if said.awaited is None else None


async def a_change_of_mind(turn: Turn, said: Said) -> Act | None:
    if said.awaited and replying.is_taken_back(said.awaited, said.text):
        await questions.call_off(turn)
        return Act(intent="drop", about=said.awaited.about)
    if said.awaited is None and replying.is_called_off(said.text):
        return await questions.call_off(turn)
    return None


async def an_all_clear(turn: Turn, said: Said) -> Act | None:
    return await all_clear.heard_in(turn, said.text)


async def an_answer_picked(turn: Turn, said: Said) -> Act | None:
    return await questions.answered(turn, said.acts, said.text)


async def half_a_time(_turn: Turn, said: Said) -> Act | None:
    """明天三点或四点, and then 好的: the day is not forgotten for a yes, and the hour is asked for again."""
    waits = said.awaited
    if waits is None or {"day", "hour"}.isdisjoint(waits.about) or said.acts[0].intent not in ("yes", "ack"):
        return None
    return waits._replace(text=said.text)


async def a_draft_confirmed(_turn: Turn, said: Said) -> Act | None:
    """确认, before the preview was seen again: it is shown first, and nothing goes out unseen."""
    if said.awaited and said.awaited.about.get("draft") and said.acts[0].intent in ("yes", "ack"):
        return Act(intent="preview_draft", about={"draft": said.awaited.about["draft"], "again": "1"})
    return None


async def an_answer_in_words(_turn: Turn, said: Said) -> Act | None:
    if said.awaited and replying.is_reply(said.awaited, said.acts, said.text):
        return replying.filled_in(said.awaited, said.acts, said.text)
    return None


async def a_correction(turn: Turn, said: Said) -> Act | None:
    put = await questions.read_back_last(turn)
    return replying.corrected(put, said.acts, said.text, turn.today) if put else None


async def a_language(_turn: Turn, said: Said) -> Act | None:
    wanted = _TONGUES.get(said.text.lower())
    return Act(intent="language", about={"code": wanted}) if wanted else None


async def what_is_the_office_s(_turn: Turn, said: Said) -> Act | None:
    """失联 or 找张三 from a member says nothing else: it is heard as what it is, and refused kindly."""
    if said.acts[0].intent != "unknown":
        return None
    office = understand_office(said.text)
    # 暂停 and 继续 mean something of their own to whoever sends nothing.
    if office is None or office.intent in _ONLY_AT_THE_DESK or office.intent in RUNNING:
        return None
    return None if office.intent == "silent" and office.text else office
