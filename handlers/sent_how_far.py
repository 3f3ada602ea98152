"""谁没收到, 通知发出去了吗, 发到哪了: what was sent last, and how far it came. (S5, S6)"""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from content.letter import Letter
from content.rules.names import masked
from content.words import short
from handlers import lesson_report, menu, report_line
from handlers.turn import Turn
from storage import coverage, outcomes, progress_letter
from storage.campaigns import Campaign
from storage.outcomes import Outcome

_LISTED = 15
_LOOKED_AT = 20
_GOT_IT = ("answered", "delivered", "accepted", "told")
_KINDS = {"课": "lesson", "通知": "notice", "祝福": "greeting", "提醒": "reminder"}


async def how_far(turn: Turn, act: Act) -> Letter:
    """The receipts of the last one; of one that has not begun when it will."""
    campaign = await _last(turn)
    if campaign is None:
        return _nothing_sent(turn)
    if campaign.state == "waiting":
        return await _waits(turn, campaign)
    return await lesson_report.report(turn, act._replace(about={"campaign": campaign.id}))


async def who_missed(turn: Turn, act: Act) -> Letter:
    """By name: whoever asks is about to call them."""
    campaign = await _last(turn)
    if campaign is None:
        return _nothing_sent(turn)
    if campaign.sent_at is None:
        return await how_far(turn, act)
    found = await outcomes.of_campaign(turn.tx, turn.viewer, campaign.id)
    missed = [one for one in found if report_line.state_of(one) not in _GOT_IT]
    title = await progress_letter.title_of(turn.tx, turn.tongue, campaign, turn.by_sms)
    if not missed:
        return Letter(
            chat=turn.say("{title}都收到了，没有落下谁。", title=title), choices=menu.for_office(turn)
        )
    watch = turn.choice(turn.say("看回执"), "lesson_report", campaign=campaign.id)
    return Letter(
        chat="\n".join(_lines(turn, title, missed)),
        sms=_in_short(turn, title, missed),
        choices=() if turn.by_sms else ((watch,),),
    )


def _lines(turn: Turn, title: str, missed: Sequence[Outcome]) -> list[str]:
    lines = [turn.say("{title}没收到的 {n} 人：", title=title, n=len(missed))]
    for n, one in enumerate(missed[:_LISTED], 1):
        lines.append(turn.say("{n}. {name} · {unit}", n=n, name=one.member.name, unit=one.member.unit))
    if len(missed) > _LISTED:
        lines.append(turn.say("还有 {n} 人，见回执。", n=len(missed) - _LISTED))
    return lines


def _in_short(turn: Turn, title: str, missed: Sequence[Outcome]) -> str:
    """As many as one message holds."""
    names = turn.say("、").join(masked(one.member.name) for one in missed[:_LISTED])
    head = turn.say("{title}没收到的{n}人：{names}", title=title, n=len(missed), names="")
    fitting = short.shortened(names, short.room_beside(head))
    return turn.say("{title}没收到的{n}人：{names}", title=title, n=len(missed), names=fitting)


async def _last(turn: Turn) -> Campaign | None:
    """Of the kind that was named, where there was one."""
    seen = await coverage.in_sight(turn.tx, turn.viewer, limit=_LOOKED_AT)
    kinds = {kind for word, kind in _KINDS.items() if word in turn.word.text}
    named = [one for one in seen if one.kind in kinds]
    return next(iter(named or seen), None)


async def _waits(turn: Turn, campaign: Campaign) -> Letter:
    title = await progress_letter.title_of(turn.tx, turn.tongue, campaign, turn.by_sms)
    return Letter(chat=turn.say("{title}还没有发，正等人同意。", title=title), choices=menu.for_office(turn))


def _nothing_sent(turn: Turn) -> Letter:
    return Letter(chat=turn.say("还没有发过课，也没有发过通知。"), choices=menu.for_office(turn))
