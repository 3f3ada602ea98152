"""Who has opened a file: who, in which office, when, how often. The member may always know. (S31)"""

from __future__ import annotations

from collections.abc import Mapping

from content.rules.roles import Role, highest
from content.words.catalogue import N_
from handlers.turn import Turn
from storage import offices, people, viewings
from storage.files import Member
from storage.viewings import Looker

LISTED = 5
_OFFICES: Mapping[Role, str] = {
    "member": N_("已不担任职务"),
    "liaison": N_("联系人"),
    "secretary": N_("书记"),
    "committee": N_("党委"),
    "admin": N_("管理员"),
}


async def lookers(turn: Turn, member: Member) -> list[str]:
    """For a chat: the latest five, each with the day and the hour."""
    found = await viewings.of_member(turn.tx, turn.viewer, member.id, LISTED)
    if not found:
        return [turn.say("还没有人打开过您的资料。")]
    n = await viewings.how_many(turn.tx, turn.viewer, member.id)
    return [turn.say("资料被打开过 {n} 次：", n=n), *[await _line(turn, one) for one in found]]


async def lookers_in_short(turn: Turn, member: Member) -> list[str]:
    """For a text message: surname and office alone."""
    return [await _in_short(turn, one) for one in await viewings.of_member(turn.tx, turn.viewer, member.id)]


async def _line(turn: Turn, looker: Looker) -> str:
    local = looker.last.astimezone(turn.house.zone)
    return turn.say(
        "{who}（{office}）{n} 次，最近 {day} {time}",
        who=await people.name_of(turn.tx, looker.person_id),
        office=turn.say(await _office(turn, looker)),
        n=looker.times,
        day=turn.tongue.day(local.date()),
        time=turn.tongue.time(looker.last, turn.house.zone),
    )


async def _in_short(turn: Turn, looker: Looker) -> str:
    return turn.say(
        "{office}{n}次，最近{day}",
        office=turn.say(await _office(turn, looker)),
        n=looker.times,
        day=turn.tongue.day(looker.last.astimezone(turn.house.zone).date()),
    )


async def _office(turn: Turn, looker: Looker) -> str:
    held = await offices.offices_of(turn.tx, looker.person_id)
    return _OFFICES[highest(frozenset(office.role for office in held))]
