"""求助: it reaches the liaison at once, the secretary too where it is urgent, and says whom to call. (S22)"""

from __future__ import annotations

from datetime import datetime

from content.act import Act
from content.letter import Letter
from content.rules import phones
from content.rules.names import masked
from content.rules.understanding.replies import is_word_for
from content.words.catalogue import Tongue
from content.words.hotlines import hotline
from content.words.keys import to_the_file
from handlers import liaison, menu
from handlers.turn import Turn
from storage import clocks, post, unheard
from storage.addresses import Address
from storage.files import Member


async def ask_help(turn: Turn, act: Act) -> Letter:
    """Nothing is read back here: whoever is in trouble is believed and heard at once."""
    words = _words(turn, act)
    if not words:
        return await _ask_what(turn)
    member = await turn.own_file()
    number = await post.number_of(turn.tx, member.id)
    told = await liaison.tell_liaison(
        turn,
        member,
        lambda t: _to_liaison(t, member, words, act, _call_back(turn, number)),
        kind="urgent" if act.urgent else "help",
        secretary_too=act.urgent,
        cause=unheard.cause_of(member.id, turn.word.id),
    )
    if told and not act.urgent:
        awake_at = await clocks.awake_at(turn.tx, turn.now, member.liaison_id)
        if awake_at > turn.now:
            return _in_the_morning(turn, act, awake_at)
    return _to_member(turn, act, bool(told))


def _call_back(turn: Turn, number: Address | None) -> str:
    """The number they wrote from just now is the one they hold in their hand."""
    if turn.by_sms:
        return turn.word.address
    return number.value if number else ""


def _words(turn: Turn, act: Act) -> str:
    """What happened, in the member's words; empty where they only pressed the button or wrote 求助."""
    words = act.text or turn.word.text
    if words.startswith("/") or is_word_for("help", words.lower()):
        return ""
    return words


async def _ask_what(turn: Turn) -> Letter:
    awaits = Act(intent="help", about={"asked": "what", "verbatim": "1"})
    await turn.ask(awaits)
    awake_at = await clocks.awake_at(turn.tx, turn.now, (await turn.own_file()).liaison_id)
    if awake_at > turn.now:
        return _ask_what_at_night(turn, awake_at)
    return Letter(
        chat=turn.say(
            "遇到什么难处？写一句就行，比如“工资拖了两个月”。马上转给您的联系人。\n有危险请先打 110、120。"
        ),
        sms=turn.say("遇到什么难处？写一句，马上转给联系人。有危险先打110、120。"),
    )


def _ask_what_at_night(turn: Turn, at: datetime) -> Letter:
    """Whoever asks now should know before they write when somebody will read it."""
    return Letter(
        chat=turn.say(
            "遇到什么难处？写一句就行，比如“工资拖了两个月”。夜里不吵醒您的联系人，{when} 转告；"
            "等不得就写“救命”。\n有危险请先打 110、120。",
            when=turn.tongue.moment(at, turn.house.zone),
        ),
        sms=turn.say(
            "遇到什么难处？写一句，{time}转给联系人。等不得回“救命”。有危险打110、120。",
            time=turn.tongue.time(at, turn.house.zone),
        ),
    )


def _to_member(turn: Turn, act: Act, told: bool) -> Letter:
    """The telephone number stands first where minutes count."""
    call = hotline(turn.tongue, act.kind, act.urgent)
    if not told:
        return Letter(
            chat=turn.say("记下了，但现在没有联系人能收到，请直接打电话。{call}", call=call),
            choices=menu.for_member(turn),
        )
    if act.urgent:
        return Letter(
            chat=turn.say(
                "{call}\n别慌，您的联系人和书记已经收到，会马上联系您。请保持电话畅通。", call=call
            ),
            sms=turn.say("{call}别慌，联系人和书记已收到，会马上联系您，请保持电话畅通。", call=call),
            choices=menu.for_member(turn),
        )
    return Letter(
        chat=turn.say("收到了，已经告诉您的联系人，会尽快回您。\n{call}", call=call),
        sms=turn.say("收到，已告诉联系人，会尽快回您。{call}", call=call),
        choices=menu.for_member(turn),
    )


def _in_the_morning(turn: Turn, act: Act, at: datetime) -> Letter:
    """Whoever finds that it cannot wait is told what wakes people."""
    call = hotline(turn.tongue, act.kind, urgent=False)
    return Letter(
        chat=turn.say(
            "收到了。夜里不吵醒您的联系人，{when} 就转告。"
            "等不得就写“救命”，马上叫醒人；有危险先打 110。\n{call}",
            when=turn.tongue.moment(at, turn.house.zone),
            call=call,
        ),
        sms=turn.say(
            "收到，{time}转告联系人。等不得回“救命”。{call}",
            time=turn.tongue.time(at, turn.house.zone),
            call=call,
        ),
        choices=menu.for_member(turn),
    )


def _to_liaison(t: Tongue, member: Member, words: str, act: Act, number: str) -> Letter:
    head = t.say("【紧急求助】") if act.urgent else t.say("【求助】")
    return Letter(
        chat=t.say(
            "{head}{name}（{unit}）写道：\n{words}\n电话：{number}",
            head=head,
            name=member.name,
            unit=member.unit,
            words=words,
            number=phones.as_written(number) if number else t.say("没有登记"),
        ),
        sms=t.say("{head}{who}需要帮助，请马上联系本人。", head=head, who=masked(member.name)),
        choices=to_the_file(t, member.id),
    )
