"""What a liaison or secretary reads of a member, and what the branch does not know of them. (S31)"""

from __future__ import annotations

from content.rules.names import masked
from content.words import standing as words
from content.words.address import spelled
from content.words.six_clear import named
from handlers import change_job
from handlers.next_step import away_until, days_of, next_step
from handlers.number_told import number_told
from handlers.turn import Turn
from storage import clearness, contacts, people, post
from storage.files import Member


async def known(turn: Turn, member: Member) -> list[str]:
    """A head with the standing, then a line for each thing that is known."""
    number = await post.number_of(turn.tx, member.id)
    carer = await people.name_of(turn.tx, member.liaison_id) if member.liaison_id else ""
    t = turn.tongue
    told = {
        turn.say("现住"): spelled(member.place_code, member.address),
        turn.say("工作"): change_job.spelled(member.employer, member.job),
        turn.say("外出原因"): member.reason,
        turn.say("外出时间"): t.day_and_year(member.out_since) if member.out_since else "",
        turn.say("手机"): number_told(turn, number) if number else "",
        turn.say("家属电话"): member.family_phone,
        turn.say("入党时间"): t.day_and_year(member.joined_party_on) if member.joined_party_on else "",
        turn.say("党费交到"): t.month(member.dues_until) if member.dues_until else "",
        turn.say("联系人"): carer,
        turn.say("报备外出"): _until(turn, member),
        turn.say("六清还缺"): await _unclear(turn, member),
        turn.say("下一步"): "" if _needs_nothing(turn, member) else next_step(turn, member),
    }
    lines = [turn.say("{name}：{value}", name=name, value=value) for name, value in told.items() if value]
    return [_head(turn, member), *lines]


async def known_in_short(turn: Turn, member: Member) -> str:
    """For a text message: surname, standing, and the last contact."""
    return await _asked_for_help(turn, member) or _in_short(turn, member)


def _head(turn: Turn, member: Member) -> str:
    head = f"{member.name} · {member.unit} · {_in_words(turn, member)}"
    if not member.joined:
        head += " · " + turn.say("未加入")
    if member.stopped:
        head += " · " + turn.say("停收课和提醒")
    return head


async def _unclear(turn: Turn, member: Member) -> str:
    found = await clearness.of_member(turn.tx, turn.viewer, member.id)
    return named(turn.tongue, found.points) if found and member.whereabouts == "out" else ""


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
    until = _until(turn, member)
    return turn.say("报备外出{until}", until=until) if until else _in_words(turn, member)


def _in_words(turn: Turn, member: Member) -> str:
    """Of whoever is at home again nothing is waited for."""
    if member.whereabouts == "home":
        return turn.say("已返乡")
    return words.standing(turn.tongue, member.standing(turn.now))


def _needs_nothing(turn: Turn, member: Member) -> bool:
    return member.whereabouts == "home" or member.standing(turn.now) == "fresh"


def _until(turn: Turn, member: Member) -> str:
    until = away_until(turn, member)
    return turn.say("到 {day}", day=turn.tongue.day_and_year(until)) if until else ""


def _in_short(turn: Turn, member: Member) -> str:
    told = {
        "who": masked(member.name),
        "standing": _standing(turn, member),
        "ago": words.ago(turn.tongue, days_of(turn, member)),
    }
    if member.last_contact_kind == "enrolled":
        return turn.say("{who}：{standing}，{ago}列入名册，还没有过消息。", **told)
    return turn.say("{who}：{standing}，{ago}联系过。", **told)
