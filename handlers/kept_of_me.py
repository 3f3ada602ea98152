"""Every field that is kept of a member, as the member reads it in the chat. (S31)"""

from __future__ import annotations

from collections.abc import Mapping

from content.rules import phones
from content.rules.industries import industry_of
from content.rules.silence import due_day
from content.words.address import spelled
from content.words.catalogue import N_
from content.words.figures import TRADES
from handlers import change_job
from handlers.next_step import is_away_as_said
from handlers.turn import Turn
from storage import addresses, consents, people
from storage.addresses import Address
from storage.consents import Consent, Kind
from storage.files import Member

_CONSENTS: Mapping[Kind, str] = {"keeping": N_("保存资料"), "overseas_chat": N_("使用境外聊天软件")}
_LANGUAGES = {"zh": "中文", "en": "English"}


async def kept_of_me(turn: Turn, member: Member) -> list[str]:
    """A title, and a line for each field; what is not known is said to be open."""
    empty = turn.say("还没登记")
    title = turn.say("为您保存的资料（姓名、号码、住址、工作都加了密，只有您的联系人和上级书记能看）：")
    kept = _of_the_branch(turn, member) | await _of_the_person(turn, member)
    return [
        title,
        *(turn.say("{name}：{value}", name=name, value=value or empty) for name, value in kept.items()),
        *await _agreed(turn, member),
    ]


def away_until(turn: Turn, member: Member) -> str:
    """The last day of a planned absence that is going on, else empty."""
    until = member.quiet_until if is_away_as_said(turn, member) else None
    return turn.tongue.day_and_year(until) if until else ""


def _of_the_branch(turn: Turn, member: Member) -> dict[str, str]:
    """What the six things ask for, and what else the branch keeps."""
    t = turn.tongue
    return {
        turn.say("姓名"): member.name,
        turn.say("支部"): member.unit,
        turn.say("入党时间"): t.day_and_year(member.joined_party_on) if member.joined_party_on else "",
        turn.say("状态"): turn.say("外出") if member.whereabouts == "out" else turn.say("已返乡"),
        turn.say("外出原因"): member.reason,
        turn.say("外出时间"): t.day_and_year(member.out_since) if member.out_since else "",
        turn.say("现住"): spelled(member.place_code, member.address),
        turn.say("工作"): _work(turn, member),
        turn.say("党费交到"): t.month(member.dues_until) if member.dues_until else "",
    }


def _work(turn: Turn, member: Member) -> str:
    """What it comes down to is kept beside the sealed words, to be counted: so it is shown beside them."""
    work, line = change_job.spelled(member.employer, member.job), industry_of(member.employer, member.job)
    if not work:
        return ""
    return turn.say("{work}（统计时算作{line}）", work=work, line=turn.say(TRADES[line]))


async def _of_the_person(turn: Turn, member: Member) -> dict[str, str]:
    known = await addresses.of_person(turn.tx, member.id)
    carer = await people.name_of(turn.tx, member.liaison_id) if member.liaison_id else ""
    due = turn.tongue.day(due_day(member.last_contact_at, member.rhythm, member.quiet_until))
    kept = {
        turn.say("手机"): _numbers(turn, known),
        turn.say("聊天"): _chats(turn, known),
        turn.say("家属电话"): member.family_phone,
        turn.say("联系人"): carer,
        turn.say("语言"): _LANGUAGES[member.language],
        turn.say("下次报平安"): turn.say("{due} 前", due=due),
    }
    if member.stopped:
        kept[turn.say("课和提醒")] = turn.say("停收了，写“恢复”再收")
    if until := away_until(turn, member):
        kept[turn.say("报备外出")] = turn.say("到 {day}", day=until)
    if member.quiet_reason:
        kept[turn.say("报备原因")] = member.quiet_reason
    return kept


def _numbers(turn: Turn, known: list[Address]) -> str:
    numbers = [one for one in known if one.channel == "sms"]
    return turn.say("、").join(_number(turn, one) for one in numbers)


def _number(turn: Turn, one: Address) -> str:
    number = phones.as_written(one.value)
    if one.suspect_for:
        return turn.say("{number}（看来不对，换了请写“换号码”）", number=number)
    if one.suspended_for:
        return turn.say("{number}（打不通）", number=number)
    return number if one.verified else turn.say("{number}（还没核对）", number=number)


def _chats(turn: Turn, known: list[Address]) -> str:
    """Numbers of chats tell nobody anything: since when they are connected does."""
    chats = [one for one in known if one.channel == "telegram" and one.verified_at]
    return turn.say("、").join(
        turn.say(
            "{day} 接通", day=turn.tongue.day_and_year(one.verified_at.astimezone(turn.house.zone).date())
        )
        for one in chats
        if one.verified_at
    ) or turn.say("没有接通")


async def _agreed(turn: Turn, member: Member) -> list[str]:
    """What was agreed to and when, and what was taken back."""
    return [_consent(turn, one) for one in await consents.register(turn.tx, member.id)]


def _consent(turn: Turn, one: Consent) -> str:
    given = turn.tongue.day_and_year(one.given_at.astimezone(turn.house.zone).date())
    what = turn.say(_CONSENTS[one.kind])
    if one.ended_at is None:
        return turn.say("同意过：{what}（{day}）", what=what, day=given)
    ended = turn.tongue.day_and_year(one.ended_at.astimezone(turn.house.zone).date())
    return turn.say("同意过：{what}（{day}，{ended} 收回）", what=what, day=given, ended=ended)
