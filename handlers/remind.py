"""发提醒: a liaison asks a member for a word, by the member's own door."""

from __future__ import annotations

from datetime import datetime

from content.act import Act
from content.letter import Letter
from content.rules.names import masked
from content.rules.silence import due_day
from content.rules.times import A_DAY
from content.words.catalogue import tongue
from content.words.reminder import reminder
from handlers import member_file, menu
from handlers.next_step import can_be_reminded, days_of
from handlers.turn import Turn
from storage import clocks, members, post
from storage.files import Member


async def remind(turn: Turn, act: Act) -> Letter:
    """Not twice a day, whoever asks; not before it is due; and never those who stopped it."""
    member = await members.find(turn.tx, turn.viewer, act.about["id"])
    if member is None:
        return member_file.nobody(turn)
    if member.reminded_at and turn.now - member.reminded_at < A_DAY:
        return _not_again(turn, member)
    if not can_be_reminded(member) or await post.best_door(turn.tx, member.id) is None:
        return _call_instead(turn, member)
    if member.standing(turn.now) == "fresh":
        return _still_in_time(turn, member)
    await turn.tell(member.id, _letter(turn, member), "reminder", mark="remind")
    await members.note_facts(turn.tx, member, reminded_at=turn.now)
    awake_at = await clocks.awake_at(turn.tx, turn.now, member.id)
    if awake_at > turn.now:
        return _in_the_morning(turn, member, awake_at)
    return Letter(
        chat=turn.say("已提醒 {name}。有回音我会记下。", name=member.name),
        sms=turn.say("已提醒{who}，有回音我会记下。", who=masked(member.name)),
        choices=menu.for_office(turn),
    )


def _in_the_morning(turn: Turn, member: Member, at: datetime) -> Letter:
    """It is the member's night, by their own clock: whoever cannot wait calls."""
    when = turn.tongue.moment(at, turn.house.zone)
    return Letter(
        chat=turn.say(
            "{name} 那边是夜里，{when} 再提醒，不吵醒人。急事请打电话。", name=member.name, when=when
        ),
        sms=turn.say("{who}那边是夜里，{when}再提醒。急事请打电话。", who=masked(member.name), when=when),
        choices=menu.for_office(turn),
    )


def _letter(turn: Turn, member: Member) -> Letter:
    due = due_day(member.last_contact_at, member.rhythm, member.quiet_until)
    overdue = member.standing(turn.now) in ("late", "silent")
    return reminder(tongue(member.language), member.name, days_of(turn, member), due, overdue)


def _still_in_time(turn: Turn, member: Member) -> Letter:
    """Nobody is urged before their day; a reminder that comes too early is soon read by nobody."""
    due = turn.tongue.day(due_day(member.last_contact_at, member.rhythm, member.quiet_until))
    return Letter(
        chat=turn.say("{name} 还在按时联系，{due} 前不用催，没有发。", name=member.name, due=due),
        sms=turn.say("对方还在按时联系，{due}前不用催，没有发。", due=due),
        choices=member_file.actions(turn, member),
    )


def _not_again(turn: Turn, member: Member) -> Letter:
    return Letter(
        chat=turn.say("今天已经提醒过 {name}，再等等；急的话打个电话。", name=member.name),
        sms=turn.say("今天已提醒过，再等等；急的话打电话。"),
        choices=member_file.actions(turn, member),
    )


def _call_instead(turn: Turn, member: Member) -> Letter:
    why = turn.say("停收了消息") if member.stopped else turn.say("还没有能收到消息的号码")
    return Letter(
        chat=turn.say("{name} {why}，请打个电话。", name=member.name, why=why),
        sms=turn.say("对方{why}，请打电话。", why=why),
        choices=member_file.actions(turn, member),
    )
