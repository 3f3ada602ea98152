"""发通知 明天停水, 给昆山的建筑工人发课 防骗, 只发柳湾村: what a sender types while making a campaign.

Read as it was typed: the words of a notice go out as they are, full stops and all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from content.act import Act

_KINDS = {"通知": "notice", "公告": "notice", "祝福": "greeting", "慰问": "greeting", "问候": "greeting"}
_KINDS |= {"提醒": "reminder", "notice": "notice", "greeting": "greeting", "reminder": "reminder"}
_COUNTED = r"(?:一?[条个份节堂次])?"
_OWN = "通知|公告|祝福|慰问|问候|提醒"
_LESSON = "(?:短信|微)?(?:党)?课"
_WITH = r"(?:[\s:：,，]+(?P<rest>.+))?"

PLEASE = r"(?:请|麻烦|帮忙|帮我|替我|给我|我要|我想|我来)*"
# Without a space behind the word; 发通知了吗 and 通知收到了 order nothing.
_GLUED = r"(?P<rest>(?![了吗没的过呢吧品给]|收到|看到|已[阅读])[^\s:：,，].*(?<![吗?？]))"
_ALL = r"(?:大家|各位|全体|所有人|所有)(?:党员|同志们|同志|人员)?"
_SEND = tuple(
    re.compile(rf"^{PLEASE}{said}$", re.S)
    for said in (
        rf"(?:给(?P<to>.+?))?(?:群)?发{_COUNTED}(?P<kind>{_OWN}){_WITH}",
        rf"(?:群)?发{_COUNTED}(?P<kind>{_OWN})给(?P<to>[^\s:：,，]+){_WITH}",
        rf"(?:群)?发{_COUNTED}(?P<kind>{_OWN}){_GLUED}",
        rf"(?P<kind>通知|公告)(?:一?下)?{_ALL}{_WITH}",
        rf"(?P<kind>通知|公告)(?:一?下)?{_ALL}{_GLUED}",
        rf"(?P<kind>通知|公告)(?!\s*(?:收到|看到|已[阅读])){_WITH}",
        rf"群发(?:短信|消息|信息|一下)?{_WITH}",
    )
)
_SEND_LESSON = re.compile(
    rf"^{PLEASE}给(?P<to>.+?)(?:群)?发{_COUNTED}{_LESSON}(?:\s*[:：,，]?\s*(?P<rest>.*))?$", re.S
)
_FOR = re.compile(r"^(?P<what>.*?)[\s,，]*(?:发?给|发到)\s*(?P<to>\S.*)$", re.S)
_SLASH = re.compile(r"^/(?P<kind>notice|greeting|reminder)(?:@\w+)?(?:\s+(?P<rest>.+))?$", re.S)
_SAID: Mapping[str, re.Pattern[str]] = {
    "only_for": re.compile(
        r"^(?:[只改]发给?|发给(?![你您我他她])|改对象[\s:：]+|对象改成?|only(?: for)?\b)"
        r"\s*[:：]?\s*(?P<rest>[^了吗\s].*)$",
        re.S | re.I,
    ),
    "not_for": re.compile(
        r"^(?:(?:不|别|不要)发给|不发|去掉|除了|without\b)\s*(?P<rest>[^了吗\s].*?)(?:(?:以外|之外)?都发)?$",
        re.S | re.I,
    ),
    "try_with": re.compile(r"^(?:试发(?:给|一下|一条)?|try\b)\s*(?P<rest>.*)$", re.S | re.I),
    "draft_words": re.compile(r"^改文字[\s:：]+(?P<rest>.+)$", re.S),
    "draft_english": re.compile(
        r"^英文(?:版)?\s*[:：]\s*(?P<rest>.+)$|^english\s*:\s*(?P<rest_en>.+)$", re.S | re.I
    ),
    "draft_until": re.compile(
        r"^(?:有效到|过期时间|有效期|until\b)\s*[:：]?\s*(?P<rest>.+)$|^(?P<never>不过期|一直有效|no end)$",
        re.S | re.I,
    ),
    "drafts": re.compile(r"^(?:看|我的)?草稿(?:箱)?$|^drafts?$", re.I),
}


def understand_campaign(text: str) -> Act | None:
    """`send_notice` bears its `kind`, the words in `text`, and under `to` whom it is for, if it was said."""
    for order in (_SLASH, *_SEND):
        if said := order.match(text.strip()):
            return _begun(said.groupdict())
    lesson = _SEND_LESSON.match(text.strip())
    if lesson:
        return Act(intent="send_lesson", text=(lesson["rest"] or "").strip(), about={"to": lesson["to"]})
    for intent, pattern in _SAID.items():
        if found := pattern.match(text.strip()):
            return Act(intent=intent, text=_rest(found))
    return None


def whom_behind(words: str) -> tuple[str, str]:
    """(what, for whom) of "防骗 给石桥支部"; the second is empty where nobody is named."""
    found = _FOR.match(words)
    return (found["what"], found["to"]) if found else (words, "")


def _begun(told: Mapping[str, str | None]) -> Act:
    to, kind = told.get("to"), _KINDS[told.get("kind") or "通知"]
    words = (told["rest"] or "").strip()
    return Act(intent="send_notice", kind=kind, text=words, about={"to": to} if to else {})


def _rest(found: re.Match[str]) -> str:
    told = found.groupdict()
    return (told.get("rest") or told.get("rest_en") or told.get("never") or "").strip()
