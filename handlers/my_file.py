"""我的资料: the member sees what is kept of them, and who has looked at it. (S31)"""

from __future__ import annotations

from datetime import date, datetime

from content.act import Act
from content.letter import Letter
from content.rules import phones, places
from content.rules.silence import due_day
from content.words import short
from content.words.catalogue import N_
from handlers import change_address, change_job, menu
from handlers.next_step import is_away_as_said
from handlers.turn import Turn
from storage import people, post, viewings
from storage.files import Member

LOOKERS = 3
MOST_LOOKS = 60


async def my_file(turn: Turn, _act: Act) -> Letter:
    """In full in the chat; by SMS without name, number and street, for others may hold the phone."""
    member = await turn.own_file()
    return Letter(
        chat="\n".join([*await _lines(turn, member), "", *await _lookers(turn, member)]),
        sms=_in_short(turn, member),
        choices=(*_ways_out(turn), *menu.for_member(turn)),
    )


def _ways_out(turn: Turn) -> menu.Rows:
    """By SMS the words do it, and cost nothing until they are wanted."""
    if turn.by_sms:
        return ()
    return ((turn.choice(turn.say("只用短信"), "only_sms"), turn.choice(turn.say("退出联动"), "withdraw")),)


async def _lines(turn: Turn, member: Member) -> list[str]:
    empty = turn.say("还没登记")
    number = await post.number_of(turn.tx, member.id)
    kept = {
        turn.say("姓名"): member.name,
        turn.say("支部"): member.unit,
        turn.say("现住"): change_address.spelled(member.place_code, member.address),
        turn.say("工作"): change_job.spelled(member.employer, member.job),
        turn.say("手机"): phones.as_written(number.value) if number else "",
        turn.say("外出时间"): turn.tongue.day_and_year(member.out_since) if member.out_since else "",
        turn.say("党费交到"): turn.tongue.month(member.dues_until) if member.dues_until else "",
        turn.say("下次报平安"): turn.say("{due} 前", due=_due(turn, member)),
    }
    if away_until := _away_until(turn, member):
        kept[turn.say("报备外出")] = turn.say("到 {day}", day=away_until)
    title = turn.say("为您保存的资料（都加了密，只有您的联系人和上级书记能看）：")
    return [
        title,
        *(turn.say("{name}：{value}", name=name, value=value or empty) for name, value in kept.items()),
    ]


async def _lookers(turn: Turn, member: Member) -> list[str]:
    """Whoever looked ten times on one day has looked on that day."""
    looked = await viewings.of_member(turn.tx, turn.viewer, member.id, limit=MOST_LOOKS)
    if not looked:
        return [turn.say("最近没有人打开过您的资料。")]
    lines = [turn.say("最近看过您资料的人：")]
    for person_id, day in _once_a_day(turn, looked)[:LOOKERS]:
        looker = await people.name_of(turn.tx, person_id)
        lines.append(f"{turn.tongue.day(day)} {looker}")
    return lines


def _once_a_day(turn: Turn, looked: list[tuple[str, datetime]]) -> list[tuple[str, date]]:
    return list(dict.fromkeys((person_id, at.astimezone(turn.house.zone).date()) for person_id, at in looked))


def _in_short(turn: Turn, member: Member) -> str:
    if away_until := _away_until(turn, member):
        return turn.say(
            "报备外出到{day}，最晚{due}报平安。要改回DZ住处 GZ工作 SJ号码。",
            day=away_until,
            due=_due(turn, member),
        )
    empty, place = turn.say("没登记"), places.place_of(member.place_code)
    said = {
        "home": place.short if place else empty,
        "last": turn.tongue.day(member.last_contact_at.astimezone(turn.house.zone).date()),
        "due": _due(turn, member),
    }
    message = N_("住处{home}，工作{work}。上次联系{last}，下次{due}前。要改回DZ GZ SJ。")
    room = short.room_beside(turn.say(message, work="", **said))
    work = change_job.spelled(member.employer, member.job) or empty
    return turn.say(message, work=short.shortened(work, room), **said)


def _away_until(turn: Turn, member: Member) -> str:
    """The last day of a planned absence that is going on, else empty."""
    until = member.quiet_until if is_away_as_said(turn, member) else None
    return turn.tongue.day_and_year(until) if until else ""


def _due(turn: Turn, member: Member) -> str:
    return turn.tongue.day(due_day(member.last_contact_at, member.rhythm, member.quiet_until))
