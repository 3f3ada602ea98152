"""暂停, 继续, 取消发送: 系列课: what a sender writes about what is going out."""

from __future__ import annotations

import re

_WHO = r"(?:没有?|未)(?:收到|送到|发到|到)(?:的)?(?:人|党员|那些人|几个人)?"
# 取消 alone belongs to any question that is open; see handlers/campaign_words.py.
RUNNING = {
    "pause_campaign": re.compile(r"^(?:先|都)?暂停(?:一下|发送|发课|群发)?[了吧]?$|^pause$"),
    "resume_campaign": re.compile(r"^(?:接着|继续)(?:发送|发课|群发)?吧?$|^接着发吧?$|^continue$"),
    "series_list": re.compile(r"^(?:看|查)?(?:一下)?(?:系列课|系列党课|系列)(?:进度|情况)?$|^series$"),
    "send_again": re.compile(
        rf"^(?:(?:给|把)?{_WHO})?(?:请|都)?(?:再|重新?|补)发(?:一[次遍])?(?:给(?:{_WHO})?)?吧?(?:[\s:,]+(?P<rest>.+))?$"
        r"|^(?:send )?again$",
        re.S,
    ),
    "cancel_campaign": re.compile(r"^(?:取消|停止)(?:这次)?(?:发送|发课|群发)$|^cancel sending$"),
}
_SENT = r"(?:这|那|上)?(?:一?[条次节])?(?:的)?(?:通知|课|党课|祝福|提醒|消息|短信)?"
RUNNING |= {
    "who_missed": re.compile(
        rf"^(?:还有|看看?|查)?(?:谁|哪些人?|哪几个人?|有谁)还?没有?收到过?{_SENT}的?人?[?？。]?$"
        r"|^who missed it\??$"
    ),
    "how_far": re.compile(
        rf"^{_SENT}(?:发出去|发出|发完|发送|发|群发)(?:完|好)?(?:了吗|了没有?|没有|没|了么)[?？。]?$"
        rf"|^{_SENT}发(?:送)?(?:到|得)(?:哪(?:里|儿)?|什么程度|多少|怎么样|怎样)(?:了)?[?？。]?$"
        rf"|^(?:看|查)?(?:一下)?(?:群?发送?|通知)(?:的)?(?:进度|情况)[?？。]?$|^how far is it\??$"
    ),
}
CANCEL = ("取消", "取消吧", "cancel")
# Of whoever has nothing going out these are what they are of anybody: 停 stops their own mail.
_FIRST = r"(?:快点?|赶紧|马上|立刻|先|都|请|这条|课|通知|祝福|提醒|消息|短信)*"
_LAST = r"(?:给(?:他们|大家|人))?(?:通知|课|短信|消息|这条|人|内容)?(?:了|吧|啊|呀)*[!！。.]*"
_HALT = re.compile(
    rf"{_FIRST}(?:停(?:一?下来?|下来|发|止|掉)?|(?:别|不要)(?:再)?(?:给(?:他们|大家|人))?(?:再)?发|不发|[发写]错){_LAST}"
)
_HALT_IN_ENGLISH = ("stop it", "stop sending", "sent by mistake")


def is_halt(text: str) -> bool:
    """停, 别发了, 发错了: said of what goes out, where something does."""
    return bool(_HALT.fullmatch(text.strip())) or text.strip().lower() in _HALT_IN_ENGLISH
