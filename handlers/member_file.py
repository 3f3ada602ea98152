"""A member's file as a liaison or secretary opens it; each look is noted. (S31)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from content.act import Act
from content.letter import Choice, Letter
from content.rules import phones
from content.rules.names import masked
from content.words import standing as words
from handlers import change_address, change_job
from handlers.next_step import can_be_reminded, days_of, is_away_as_said, next_step
from handlers.turn import Turn
from handlers.which_member import which_member
from storage import contacts, dialogues, members, people, post, viewings
from storage.contacts import Contact
from storage.files import Member

LINES = 5
MOST_CONTACTS = 60


async def find(turn: Turn, act: Act) -> Letter:
    """找 张三: those in sight whose name holds what was written."""
    if not act.text.strip():
        awaits = Act(intent="find", about={"asked": "whom"})
        await dialogues.ask(turn.tx, turn.now, turn.actor.id, turn.word.channel, awaits)
        return Letter(chat=turn.say("找谁？写姓名或姓都行。"))
    found = await members.called(turn.tx, turn.viewer, act.text.strip())
    if not found:
        return nobody(turn)
    if len(found) == 1 and found[0].name.startswith(act.text.strip()):
        return await _opened(turn, found[0])
    # 找 石 that finds 欧阳石 alone may have meant somebody who is not here: no file is opened on a guess.
    head = turn.say("找到 {n} 人，请点一个：", n=len(found))
    return which_member(turn, head, found, "open_file")


async def open_file(turn: Turn, act: Act) -> Letter:
    member = await members.find(turn.tx, turn.viewer, act.about["id"])
    return await _opened(turn, member) if member else nobody(turn)


def nobody(turn: Turn) -> Letter:
    """The same words for nobody and for somebody out of sight: scope gives nothing away."""
    return Letter(chat=turn.say("您负责的范围里没有这个人。请核对姓名。"))


def actions(turn: Turn, member: Member) -> tuple[tuple[Choice, ...], ...]:
    """What can be done next for a member; by SMS the two that need no reading."""

    def act(label: str, intent: str, **about: str) -> Choice:
        return Choice(label, Act(intent=intent, about={"id": member.id, **about}))

    call = act(turn.say("记一次电话"), "note", kind="call")
    write = act(turn.say("请本人加入"), "invite")
    if member.joined:
        write = act(turn.say("发提醒"), "remind")
    # Of those who have not joined, the roster says the number.
    number = (act(turn.say("改手机号"), "vouch_number"),) if member.joined else ()
    if turn.by_sms:
        return ((call, write, *number) if can_be_reminded(member) or not member.joined else (call, *number),)
    visit = act(turn.say("记一次走访"), "note", kind="visit")
    message = act(turn.say("记一条消息"), "note", kind="message")
    more = number if member.stopped else (write, *number)
    return ((call, visit, message), more) if more else ((call, visit, message),)


async def _opened(turn: Turn, member: Member) -> Letter:
    await viewings.record(turn.tx, turn.now, turn.viewer, member)
    return Letter(
        chat="\n".join([*await _lines(turn, member), "", *await _latest(turn, member)]),
        sms=await _asked_for_help(turn, member) or _in_short(turn, member),
        choices=actions(turn, member),
    )


async def _asked_for_help(turn: Turn, member: Member) -> str:
    """Whoever asked for help today is to be called at the number on the roster, told by its last digits."""
    today = [
        contact
        for contact in await contacts.latest(turn.tx, turn.viewer, member.id)
        if contact.kind == "help" and contact.at.astimezone(turn.house.zone).date() == turn.today
    ]
    number = await post.number_of(turn.tx, member.id)
    if not today or number is None:
        return ""
    return turn.say(
        "{who}今天求助过。请打登记的电话，尾号{tail}。", who=masked(member.name), tail=number.value[-4:]
    )


def _standing(turn: Turn, member: Member) -> str:
    """Whoever said that they would be away is away, and not merely in time."""
    until = _away_until(turn, member)
    return turn.say("报备外出{until}", until=until) if until else _in_words(turn, member)


def _in_words(turn: Turn, member: Member) -> str:
    """Of whoever is at home again nothing is waited for."""
    if member.whereabouts == "home":
        return turn.say("已返乡")
    return words.standing(turn.tongue, member.standing(turn.now))


def _needs_nothing(turn: Turn, member: Member) -> bool:
    return member.whereabouts == "home" or member.standing(turn.now) == "fresh"


def _away_until(turn: Turn, member: Member) -> str:
    if member.quiet_until is None or not is_away_as_said(turn, member):
        return ""
    return turn.say("到 {day}", day=turn.tongue.day_and_year(member.quiet_until))


def _in_short(turn: Turn, member: Member) -> str:
    known = {
        "who": masked(member.name),
        "standing": _standing(turn, member),
        "ago": words.ago(turn.tongue, days_of(turn, member)),
    }
    if member.last_contact_kind == "enrolled":
        return turn.say("{who}：{standing}，{ago}列入名册，还没有过消息。", **known)
    return turn.say("{who}：{standing}，{ago}联系过。", **known)


async def _lines(turn: Turn, member: Member) -> list[str]:
    number = await post.number_of(turn.tx, member.id)
    carer = await people.name_of(turn.tx, member.liaison_id) if member.liaison_id else ""
    known = {
        turn.say("现住"): change_address.spelled(member.place_code, member.address),
        turn.say("工作"): change_job.spelled(member.employer, member.job),
        turn.say("手机"): phones.as_written(number.value) if number else "",
        turn.say("家属电话"): member.family_phone,
        turn.say("党费交到"): turn.tongue.month(member.dues_until) if member.dues_until else "",
        turn.say("联系人"): carer,
        turn.say("报备外出"): _away_until(turn, member),
        turn.say("下一步"): "" if _needs_nothing(turn, member) else next_step(turn, member),
    }
    head = f"{member.name} · {member.unit} · {_in_words(turn, member)}"
    if not member.joined:
        head += " · " + turn.say("未加入")
    if member.stopped:
        head += " · " + turn.say("停收课和提醒")
    return [
        head,
        *(turn.say("{name}：{value}", name=name, value=value) for name, value in known.items() if value),
    ]


async def _latest(turn: Turn, member: Member) -> list[str]:
    """A line a day, newest first; what was noted in words has a line of its own."""
    known = await contacts.latest(turn.tx, turn.viewer, member.id, limit=MOST_CONTACTS)
    noted: dict[date, list[Contact]] = {}
    for contact in known:
        noted.setdefault(contact.at.astimezone(turn.house.zone).date(), []).append(contact)
    lines = [line for day, that_day in noted.items() for line in _of_a_day(turn, day, that_day)]
    return [turn.say("最近的联系："), *lines[:LINES]] if lines else [turn.say("还没有联系记录。")]


def _of_a_day(turn: Turn, day: date, that_day: Sequence[Contact]) -> list[str]:
    def line(what: str) -> str:
        return f"{turn.tongue.day(day)} {what}"

    def called(contact: Contact) -> str:
        return words.contact(turn.tongue, contact.kind)

    in_words = [
        line(turn.say("{name}：{value}", name=called(contact), value=contact.note))
        for contact in that_day
        if contact.note
    ]
    counted = Counter(called(contact) for contact in that_day if not contact.note)
    bare = [turn.say("{what} {n} 次", what=what, n=n) if n > 1 else what for what, n in counted.items()]
    return [*in_words, line(turn.say("、").join(bare))] if bare else in_words
