"""联系记录: a call, visit or message, noted in two taps; it counts as contact. (S4)"""

from __future__ import annotations

from typing import cast

from content.act import Act
from content.letter import Choice, Letter
from content.rules.names import masked
from content.rules.silence import due_day
from content.words import standing as words
from handlers import member_file
from handlers.turn import Turn
from storage import contacts, dialogues, members
from storage.contacts import Kind
from storage.members import Member

LONGEST = 500


async def note(turn: Turn, act: Act) -> Letter:
    """First tap: what it was. By name too: 记 张三 打过电话."""
    if act.about.get("id"):
        member = await members.find(turn.tx, turn.viewer, act.about["id"])
        found = [member] if member else []
    else:
        found = await members.called(turn.tx, turn.viewer, act.text.strip())
    if not found:
        return member_file.nobody(turn)
    if len(found) > 1:
        return _which(turn, act, found)
    return _how_was_it(turn, found[0], act.about.get("kind") or act.kind or "call")


async def note_contact(turn: Turn, act: Act) -> Letter:
    """Second tap: how it was. Nobody reached is in the register, but is no contact."""
    member = await members.find(turn.tx, turn.viewer, act.about["id"])
    if member is None:
        return member_file.nobody(turn)
    if act.about["outcome"] == "not_reached":
        await contacts.tried(turn.tx, turn.now, member, turn.actor.id)
        return Letter(
            chat=turn.say("记下了:没打通。{name} 仍算没有联系上,换个时间再试。", name=member.name),
            sms=turn.say("记下了:没打通,仍算没联系上。"),
            choices=member_file.actions(turn, member),
        )
    kind = cast(Kind, act.about["kind"])
    troubled = turn.say("有困难") if act.about["outcome"] == "trouble" else ""
    await contacts.heard(turn.tx, turn.now, member, kind, "voice", turn.actor.id, troubled)
    await _ask_for_words(turn, member)
    return _noted(turn, member)


async def note_words(turn: Turn, act: Act) -> Letter:
    """What was talked about, in the liaison's words, added to the note just made."""
    if act.text.strip() in ("不用", "没有", "无", "no"):
        return Letter(chat=turn.say("好。"))
    added = await contacts.note_words(
        turn.tx, turn.viewer, act.about["id"], turn.actor.id, act.text[:LONGEST]
    )
    return Letter(chat=turn.say("补记好了。") if added else turn.say("没找到要补记的那一条。"))


def _which(turn: Turn, act: Act, found: list[Member]) -> Letter:
    about = {"kind": act.kind or "call"}
    rows = tuple(
        (Choice(f"{m.name} · {m.unit}", Act(intent="note", about={**about, "id": m.id})),)
        for m in found[: member_file.LISTED]
    )
    return Letter(
        chat=turn.say("记在谁名下?"),
        sms=turn.say("找到{n}人,请写全名。", n=len(found)),
        choices=() if turn.by_sms else rows,
    )


def _how_was_it(turn: Turn, member: Member, kind: str) -> Letter:
    def outcome(label: str, result: str) -> Choice:
        about = {"id": member.id, "kind": kind, "outcome": result}
        return Choice(label, Act(intent="note_contact", about=about))

    return Letter(
        chat=turn.say("{kind} · {name}:怎么样?", kind=words.contact(turn.tongue, kind), name=member.name),
        sms=turn.say("{who}怎么样?", who=masked(member.name)),
        choices=(
            (
                outcome(turn.say("平安"), "well"),
                outcome(turn.say("有困难"), "trouble"),
                outcome(turn.say("没联系上"), "not_reached"),
            ),
        ),
    )


async def _ask_for_words(turn: Turn, member: Member) -> None:
    awaits = Act(intent="note_words", about={"id": member.id})
    await dialogues.ask(turn.tx, turn.now, turn.actor.id, turn.word.channel, awaits)


def _noted(turn: Turn, member: Member) -> Letter:
    due = turn.tongue.day(due_day(turn.now, member.rhythm))
    return Letter(
        chat=turn.say(
            "记下了,{name} 算已联系,下次 {due} 前。想补一句谈了什么,直接写;不补就不用管。",
            name=member.name,
            due=due,
        ),
        sms=turn.say("记下了,算已联系,下次{due}前。要补一句请直接写。", due=due),
    )
