"""我的资料: the member sees all that is kept of them, what is missing, what changed and who looked. (S31)"""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules.silence import due_day
from content.rules.six_clear import Point
from content.words import short
from content.words.address import town
from content.words.catalogue import N_
from content.words.six_clear import POINTS, named
from handlers import change_job, menu
from handlers.file_contacts import contacts_with_me
from handlers.file_history import history, history_in_short
from handlers.file_lookers import lookers, lookers_in_short
from handlers.kept_of_me import away_until, kept_of_me
from handlers.turn import Turn
from storage import clearness
from storage.files import Member

CHANGES_SHOWN, MOST_CHANGES = 3, 30


async def my_file(turn: Turn, _act: Act) -> Letter:
    """In full in the chat; by SMS without name, number and street, for others may hold the phone."""
    member = await turn.own_file()
    if turn.by_sms:
        return _in_short(turn, member)
    missing = await what_is_missing(turn, member)
    parts = [
        await kept_of_me(turn, member),
        _gaps(turn, missing),
        await _changed(turn, member, CHANGES_SHOWN),
        await contacts_with_me(turn, member),
        await lookers(turn, member),
    ]
    return Letter(
        chat="\n\n".join("\n".join(part) for part in parts if part),
        sms=_in_short(turn, member).sms,
        choices=(*_ways_on(turn, missing), *menu.for_member(turn)),
    )


async def my_gaps(turn: Turn, _act: Act) -> Letter:
    """缺什么: and the first thing that is missing can be filled in at once."""
    missing = await what_is_missing(turn, await turn.own_file())
    if not missing:
        return Letter(chat=turn.say("六样都清楚，什么都不缺。"), choices=menu.for_member(turn))
    return Letter(
        chat=turn.say("还缺：{points}。", points=named(turn.tongue, missing)),
        choices=(_fill_in(turn, missing),)
        if turn.by_sms
        else (_fill_in(turn, missing), *menu.for_member(turn)),
    )


async def my_changes(turn: Turn, _act: Act) -> Letter:
    """改动记录: what changed, the latest first."""
    member = await turn.own_file()
    told = await _changed(turn, member, MOST_CHANGES)
    brief = await history_in_short(turn, member, CHANGES_SHOWN)
    return Letter(
        chat="\n".join(told) if told else turn.say("还没有改动过。"),
        sms=_as_many_as_fit(brief) if brief else turn.say("还没有改动过。"),
        choices=menu.for_member(turn),
    )


async def my_lookers(turn: Turn, _act: Act) -> Letter:
    """谁看过: by office, and by name in the chat."""
    member = await turn.own_file()
    brief = await lookers_in_short(turn, member)
    return Letter(
        chat="\n".join(await lookers(turn, member)),
        sms=_as_many_as_fit(brief) if brief else turn.say("还没有人打开过您的资料。"),
        choices=menu.for_member(turn),
    )


async def what_is_missing(turn: Turn, member: Member) -> list[Point]:
    """Of whoever is at home again nothing is asked."""
    found = await clearness.of_member(turn.tx, turn.viewer, member.id)
    return list(found.points) if found and member.whereabouts == "out" else []


def _gaps(turn: Turn, missing: list[Point]) -> list[str]:
    return [turn.say("还缺：{points}。", points=named(turn.tongue, missing))] if missing else []


async def _changed(turn: Turn, member: Member, limit: int) -> list[str]:
    told = await history(turn, member, limit)
    return [turn.say("改动记录："), *told] if told else []


def _ways_on(turn: Turn, missing: list[Point]) -> tuple[tuple[Choice, ...], ...]:
    more = (turn.choice(turn.say("全部改动"), "my_changes"),)
    leave = (turn.choice(turn.say("只用短信"), "only_sms"), turn.choice(turn.say("退出联动"), "withdraw"))
    return (_fill_in(turn, missing), more, leave) if missing else (more, leave)


def _fill_in(turn: Turn, missing: list[Point]) -> tuple[Choice, ...]:
    label = turn.say("补{what}", what=turn.say(POINTS[missing[0]]))
    return (turn.choice(label, "fill_in", point=missing[0]),)


def _in_short(turn: Turn, member: Member) -> Letter:
    """One part, and three numbers that lead on, each to one part more."""
    ways = (
        turn.choice(turn.say("缺什么"), "my_gaps"),
        turn.choice(turn.say("改动"), "my_changes"),
        turn.choice(turn.say("谁看过"), "my_lookers"),
    )
    labels = [way.label for way in ways]
    if until := away_until(turn, member):
        away = turn.say("报备外出到{day}，最晚{due}报平安。", day=until, due=_due(turn, member))
        return Letter(chat=away, sms=away, choices=(ways,))
    empty = turn.say("没登记")
    kept = turn.say("已登记") if member.address else empty
    said = {
        "home": town(turn.tongue, member.place_code) or kept,
        "last": turn.tongue.day(member.last_contact_at.astimezone(turn.house.zone).date()),
        "due": _due(turn, member),
    }
    message = N_("住处{home}，工作{work}。上次联系{last}，下次{due}前。")
    room = short.room_beside(turn.say(message, work="", **said), labels)
    work = change_job.spelled(member.employer, member.job) or empty
    words = turn.say(message, work=short.shortened(work, room), **said)
    return Letter(chat=words, sms=words, choices=(ways,))


def _as_many_as_fit(lines: list[str]) -> str:
    """As many of the lines, the latest first, as one message holds."""
    told = short.shortened(lines[0], short.ROOM)
    for line in lines[1:]:
        if short.room_beside(f"{told}\n{line}") < 0:
            break
        told = f"{told}\n{line}"
    return told


def _due(turn: Turn, member: Member) -> str:
    return turn.tongue.day(due_day(member.last_contact_at, member.rhythm, member.quiet_until))
