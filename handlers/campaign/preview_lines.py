"""The lines of a preview, in the reader's language: for the one who sends it and for whoever agrees to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from content.rules.receipts import meaning_of
from content.words import short
from content.words.catalogue import N_
from handlers.campaign import drafted
from handlers.campaign.foreseen import Foreseen
from handlers.campaign.spelled_whom import spelled
from handlers.lesson_time import is_late_for_a_holiday
from handlers.lesson_time import spelled as hour_spelled
from handlers.turn import Turn
from storage import campaigns
from storage.drafts import Draft
from storage.viewer import Viewer

WHY_NOT = {"not_joined": N_("没加入"), "stopped": N_("停收了"), "no_address": N_("没有能用的号码")}


async def preview_lines(
    turn: Turn,
    draft: Draft,
    seen: Foreseen,
    viewer: Viewer,
    names: Sequence[str] = (),
    everybody: str = "",
) -> list[str]:
    """`names` are the first few of those it is for, `everybody` what all of them are called."""
    lines = [drafted.called(turn, draft), *_words(turn, draft)]
    lines.append(turn.say("时间：{when}", when=when_spelled(turn, draft, seen)))
    lines.append(turn.say("对象：{whom}", whom=await spelled(turn, draft.audience, viewer, everybody)))
    if names:
        listed = turn.say("、").join(names)
        lines[-1] += (
            turn.say("（{names}等）", names=listed)
            if seen.all > len(names)
            else turn.say("（{names}）", names=listed)
        )
    lines.append(
        turn.say("发给 {n} 人：聊天 {chat} 人，短信 {sms} 人。", n=seen.reached, chat=seen.chat, sms=seen.sms)
    )
    lines += [*_price(turn, seen), *_nowhere(turn, seen), *_hours(turn, draft, seen)]
    if seen.latest and await is_late_for_a_holiday(turn, seen.latest):
        lines.append(turn.say("放假的日子，中午才开始发。"))
    lines += _refused(turn, seen)
    return lines + await _sent_before(turn, draft)


def when_spelled(turn: Turn, draft: Draft, seen: Foreseen) -> str:
    return turn.say("现在") if draft.at_once or seen.when <= turn.now else hour_spelled(turn, seen.when)


async def in_short(turn: Turn, draft: Draft, seen: Foreseen, viewer: Viewer) -> str:
    """One text message: the figures, and whom it is for where it is not for all."""
    figures = turn.say(
        "{when}发给{n}人：聊天{chat}，短信{sms}（{parts}条{price}）。发不到{nowhere}人。",
        when=when_spelled(turn, draft, seen),
        n=seen.reached,
        chat=seen.chat,
        sms=seen.sms,
        parts=seen.parts,
        price=_yuan(turn, seen),
        nowhere=seen.nowhere,
    )
    if not draft.audience.is_narrowed:
        return figures
    whom = await spelled(turn, draft.audience, viewer)
    return turn.say("{whom}：{figures}", whom=short.shortened(whom, 12), figures=figures)


async def resting(turn: Turn, seen: Foreseen) -> str:
    """The same in one text message: how many rest, and until when."""
    if not seen.later or not seen.latest:
        return ""
    n, when = seen.later, hour_spelled(turn, seen.latest)
    if await is_late_for_a_holiday(turn, seen.latest):
        return turn.say("放假，{n}人等到{when}。", n=n, when=when)
    return turn.say("{n}人在休息，等到{when}。", n=n, when=when)


def _words(turn: Turn, draft: Draft) -> list[str]:
    said = [turn.say("“{words}”", words=draft.words["zh"])] if draft.words.get("zh") else []
    return said + ([turn.say("英文：{words}", words=draft.words["en"])] if draft.words.get("en") else [])


def _price(turn: Turn, seen: Foreseen) -> list[str]:
    """Signature, ways to answer and suffix are counted: they are paid for."""
    if not seen.sms:
        return []
    each = max(seen.each.values())
    return [
        turn.say(
            "短信每人 {each} 条，共 {parts} 条{price}，签名和后缀都算在内。",
            each=each,
            parts=seen.parts,
            price=_yuan(turn, seen),
        )
    ]


def _yuan(turn: Turn, seen: Foreseen) -> str:
    fen = seen.parts * turn.house.price.fen
    return turn.say("，约{yuan}元", yuan=f"{ceil(fen) / 100:.2f}") if fen else ""


def _nowhere(turn: Turn, seen: Foreseen) -> list[str]:
    if not seen.nowhere:
        return []
    why = turn.say("、").join(
        turn.say("{why} {n} 人", why=turn.say(said), n=seen.why_not[word])
        for word, said in WHY_NOT.items()
        if seen.why_not.get(word)
    )
    return [turn.say("另有 {n} 人发不到（{why}），请打电话转告。", n=seen.nowhere, why=why)]


def _hours(turn: Turn, draft: Draft, seen: Foreseen) -> list[str]:
    lines = []
    if draft.campaign.at_any_hour:
        lines.append(turn.say("夜里也发，会吵醒人。"))
    if seen.later and seen.latest:
        latest = hour_spelled(turn, seen.latest)
        lines.append(turn.say("那时有 {n} 人在休息，等到 {when} 再发给他们。", n=seen.later, when=latest))
    if ends := drafted.expiry(turn, draft, seen.when):
        lines.append(turn.say("有效到 {when}，过时不发。", when=_end_spelled(turn, ends)))
    if seen.too_late:
        lines.append(
            turn.say("其中 {n} 人能收的时候已经过期，收不到。请改时间，或写“不过期”。", n=seen.too_late)
        )
    return lines


def _end_spelled(turn: Turn, ends: datetime) -> str:
    """At midnight a day ends; to most readers 00:00 is when one begins."""
    local = ends.astimezone(turn.house.zone)
    if local.hour or local.minute:
        return hour_spelled(turn, ends)
    return turn.say("{day} 24:00", day=turn.tongue.day((local - timedelta(days=1)).date()))


def _refused(turn: Turn, seen: Foreseen) -> list[str]:
    if not seen.refused:
        return []
    meaning = meaning_of(seen.refused)
    why = meaning.says if turn.tongue.code == "zh" else meaning.in_english
    return [turn.say("请注意：短信网关不会收这一条（{why}），短信的 {n} 人收不到。", why=why, n=seen.sms)]


async def _sent_before(turn: Turn, draft: Draft) -> list[str]:
    """A word of warning: the same lesson twice reads as if nobody knew what was sent."""
    if not draft.campaign.slug or draft.campaign.made_by is None:
        return []
    theirs = await campaigns.made_by(turn.tx, draft.campaign.made_by)
    same = (one for one in theirs if one.slug == draft.campaign.slug and one.id != draft.id)
    latest = next((one for one in same if not one.cancelled), None)
    if latest is None:
        return []
    when = hour_spelled(turn, latest.planned_for)
    if latest.sent_at:
        return [turn.say("请注意：这一课您在 {when} 发过。", when=when)]
    return [turn.say("请注意：这一课您已排在 {when} 发。", when=when)]
