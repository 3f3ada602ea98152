"""How far a campaign has come, as its sender reads it while it goes out."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from content.act import Act
from content.letter import Choice, Letter, Rows
from content.rules.progress import Progress
from content.words.catalogue import N_, Tongue

_SIGNS = 10
_HOW = {
    "planned": N_("{title}还没有发，定在 {when}。"),
    "running": N_("{title}正在发："),
    "paused": N_("{title}暂停了，没发的先不发："),
    "finished": N_("{title}发完了："),
    "cancelled": N_("{title}取消了，没发的不发了："),
}
_HOW_BEFORE_IT_BEGAN = _HOW | {
    "paused": N_("{title}暂停了，先不发。"),
    "cancelled": N_("{title}取消了，不发了。"),
    "dropped": N_("{title}取消了，不发了。"),
}
_HOW_BY_SMS = {
    "planned": N_("还没有发，定在{when}。"),
    "running": N_("正在发：{gone}/{whole}人。"),
    "paused": N_("暂停了：已发{gone}/{whole}人。写“继续”接着发。"),
    "finished": N_("发完了：{gone}/{whole}人。"),
    "cancelled": N_("取消了：已发{gone}/{whole}人，其余的不发了。"),
    "dropped": N_("取消了，不发了。"),
}


_OF_A_LESSON = N_("送达 {delivered}，已答 {answered}，发不到 {failed}")
_OF_A_NOTICE = N_("送达 {delivered}，已读 {answered}，发不到 {failed}")


def progress_letter(
    t: Tongue,
    campaign_id: str,
    state: str,
    title: str,
    found: Progress,
    now: datetime,
    zone: ZoneInfo,
    when: datetime,
    is_read: bool = False,
) -> Letter:
    """In the chat a bar and the figures; by SMS one part. `when` it is or was planned for."""
    at = _at(t, when, now, zone)
    how = _HOW if found.whole else _HOW_BEFORE_IT_BEGAN
    return Letter(
        chat="\n".join(
            [t.say(how[state], title=title, when=at), *_lines(t, state, found, now, zone, is_read)]
        ),
        sms=_by_sms(t, state, found, at),
        choices=buttons(t, campaign_id, state),
        chosen_by="word",
    )


def buttons(t: Tongue, campaign_id: str, state: str, here: bool = True) -> Rows:
    """What may be done with it now. `here`: the answer takes the place of the message they hang under."""
    shown = [choice for name, choice in _choices(t, campaign_id, here).items() if name in _OFFERED[state]]
    return (tuple(shown),) if shown else ()


def other_buttons(t: Tongue, campaign_id: str, state: str) -> Rows:
    """Those that the same message may show later on."""
    others = [
        choice for name, choice in _choices(t, campaign_id, True).items() if name not in _OFFERED[state]
    ]
    return (tuple(others),) if others else ()


def _by_sms(t: Tongue, state: str, found: Progress, when: str) -> str:
    if state == "paused" and not found.whole:
        return t.say("暂停了，先不发。写“继续”就发。")
    return t.say(_HOW_BY_SMS[state], gone=found.gone, whole=found.whole, when=when)


_OFFERED = {
    "draft": ("cancel",),
    "waiting": ("cancel",),
    "planned": ("pause", "cancel", "report"),
    "running": ("pause", "cancel", "report"),
    "paused": ("resume", "cancel", "report"),
    "finished": ("report",),
    "cancelled": ("report",),
    "dropped": (),
}


def _choices(t: Tongue, campaign_id: str, here: bool) -> dict[str, Choice]:
    about = {"campaign": campaign_id} | ({"here": "1"} if here else {})
    return {
        "pause": Choice(t.say("暂停"), Act(intent="pause_campaign", about=about)),
        "resume": Choice(t.say("继续"), Act(intent="resume_campaign", about=about)),
        "cancel": Choice(t.say("取消"), Act(intent="cancel_campaign", about=about)),
        "report": Choice(t.say("看回执"), Act(intent="lesson_report", about={"campaign": campaign_id})),
    }


def _lines(t: Tongue, state: str, found: Progress, now: datetime, zone: ZoneInfo, is_read: bool) -> list[str]:
    if not found.whole:
        return []
    figures = _OF_A_NOTICE if is_read else _OF_A_LESSON
    lines = [
        t.say("{bar} {gone} / {whole} 人", bar=_bar(found), gone=found.gone, whole=found.whole),
        t.say(
            figures,
            delivered=found.delivered,
            answered=found.answered,
            failed=found.failed,
        ),
    ]
    return lines + (_what_is_left(t, found, now, zone) if state == "running" else [])


def _bar(found: Progress) -> str:
    full = _SIGNS * found.gone // found.whole if found.whole else 0
    return "▓" * full + "░" * (_SIGNS - full)


def _what_is_left(t: Tongue, found: Progress, now: datetime, zone: ZoneInfo) -> list[str]:
    """Said as far as it is known: nobody's morning comes sooner because others were fast."""
    lines = []
    if found.minutes_left is not None:
        lines.append(t.say("照现在的速度，还要大约 {n} 分钟。", n=found.minutes_left))
    if found.asleep and found.opens:
        lines.append(
            t.say(
                "有 {n} 人那里还不到时候，等到 {when} 再发。",
                n=found.asleep,
                when=_at(t, found.opens, now, zone),
            )
        )
    return lines


def _at(t: Tongue, moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """The hour alone where it is today's."""
    day, hour = moment.astimezone(zone).date(), t.time(moment, zone)
    return hour if day == now.astimezone(zone).date() else f"{t.day(day)} {hour}"
