"""What is said before anybody is let in: the notice with its question, and why a way in is shut."""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules.names import masked
from content.words.notice import notice
from handlers.turn import Turn


def in_chat(turn: Turn, about: dict[str, str], whose: str = "") -> Letter:
    """What is kept and why; consent for the chat service abroad is asked for by itself.

    `whose` invitation it is stands above, masked: whoever got it by mistake sees that it is not theirs.
    """

    def way(label: str, **more: str) -> tuple[Choice, ...]:
        return (Choice(label, Act(intent="join", about={**about, **more})),)

    said = notice(turn.tongue, overseas=True, sms=turn.house.sms_connected)
    if whose:
        said = turn.say("这份邀请是给 {who} 本人的，不是您的请别点同意。", who=masked(whose)) + "\n\n" + said
    return Letter(
        chat=said,
        choices=(
            way(turn.say("同意，也同意用境外聊天软件")),
            *((way(turn.say("同意，但只用短信"), way="sms_only"),) if turn.house.sms_connected else ()),
            (Choice(turn.say("不同意"), Act(intent="decline", about=about)),),
        ),
    )


def invitation_over(turn: Turn) -> Letter:
    return Letter(
        chat=turn.say(
            "这个邀请用过了，或者已过期（72 小时有效）。"
            "请您的联系人再发一个，或点下面的按钮分享您本人的号码。"
        ),
        sms=turn.say("这个邀请已过期。请联系人再发一次。"),
        asks_contact="" if turn.by_sms else turn.say("分享我的手机号"),
    )


def address_taken(turn: Turn) -> Letter:
    """Said of a number or a chat that somebody else was faster to verify; it does not say who."""
    return Letter(
        chat=turn.say("这个号码或聊天账号已经登记过，没有再登记。请联系人帮您核对。"),
        sms=turn.say("这个号码已经登记过。请联系人帮您核对。"),
    )
