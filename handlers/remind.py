"""发提醒: a liaison asks a member for a word, by the member's own door."""

from __future__ import annotations

from datetime import timedelta

from content.act import Act
from content.letter import Letter
from content.rules.silence import days_since, due_day
from content.words.catalogue import tongue
from content.words.reminder import reminder
from handlers import member_file
from handlers.turn import Turn
from storage import members

NOT_AGAIN_FOR = timedelta(hours=20)


async def remind(turn: Turn, act: Act) -> Letter:
    member = await members.find(turn.tx, turn.viewer, act.about["id"])
    if member is None:
        return member_file.nobody(turn)
    if member.reminded_at and turn.now - member.reminded_at < NOT_AGAIN_FOR:
        return Letter(
            chat=turn.say("今天已经提醒过 {name},再等等;急的话打个电话。", name=member.name),
            sms=turn.say("今天已提醒过,再等等;急的话打电话。"),
            choices=member_file.actions(turn, member),
        )
    days = days_since(member.last_contact_at, turn.now, member.rhythm.timezone)
    due = due_day(member.last_contact_at, member.rhythm, member.quiet_until)
    overdue = member.standing(turn.now) in ("late", "silent")
    letter = reminder(tongue(member.language), member.name, days, due, overdue)
    if not await turn.tell(member.id, letter, "reminder", mark="remind"):
        return Letter(
            chat=turn.say("{name} 还没有能收到消息的地址,请打电话。", name=member.name),
            sms=turn.say("对方收不到消息,请打电话。"),
            choices=member_file.actions(turn, member),
        )
    await members.note_facts(turn.tx, member, reminded_at=turn.now)
    return Letter(
        chat=turn.say("已提醒 {name}。有回音我会记下。", name=member.name), sms=turn.say("已发提醒。")
    )
