"""换号: a new number, in digits or in words, whole or one digit short."""

from __future__ import annotations

import re

from content.act import Act
from content.rules.phones import as_e164
from content.rules.understanding.clauses import Clause

_CODE_WORD = re.compile(
    r"^(?:sj|手机号?|电话号?码?|新号码?|新手机号?|新电话)(?:改为|改成|换成|变更为|是|为|"
    r"[: ])*(?=[\d一二三四五六七八九零〇幺+])"
)
_CHANGED = re.compile(
    r"换(?:了|个|成|新|过|一个|了个|了一个|了新)*(?:手机|电话)?(?:号码?|卡|手机号码?|电话号码?)|"
    r"(?:手机|电话|号码|手机号|电话号码|联系方式|联系电话)"
    r"(?:已经?|又|都|也)?(?:改|换|变)(?:了|成|为|号|更)|新(?:的)?(?:号码?|手机号码?|电话号码?|电话)|"
    r"(?:以后|今后|往后|有事)(?:就|请|都)?"
    r"(?:打|用|联系)(?:我)?(?:这个|这)(?:号|电话|手机|号码)|(?:更新|更改|变更|修改|改)(?:一下|"
    r"下)?(?:我的)?(?:手机号?|电话|号码|联系方式|联系电话)|(?:手机号?码?|电话号?码?|联系方式|"
    r"联系电话)(?:更新|更改|变更)|"
    r"(?:原来|以前|旧|老|之前)(?:的|那个)*(?:号码?|电话|手机号)[^,]{0,20}(?:不用|停|注销|作废)"
)
_DIGIT = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "幺": "1",
    "腰": "1",
    "o": "0",
}
_RUN = re.compile(r"(?:\+?86[- ]?)?[\d零〇一二三四五六七八九幺](?:[- ]?[\d零〇一二三四五六七八九幺]){6,14}")
_THE_NEW = re.compile(r"(?:新|改成|改为|换成|换到|变成|现在|以后)[^\d]{0,8}$")
_NOT_YET = re.compile(r"没办好|没办下来|办好了?(?:再|告诉)|正在办")
_NOTHING_ELSE = 40  # a number in a long message may be anybody's
_SHORTEST, _LONGEST = 9, 13


def change_phone(clause: Clause, text: str) -> Act | None:
    """The number may stand in another clause of `text`; none at all means the number written from."""
    if not clause.is_news or _NOT_YET.search(text):
        return None
    code = _CODE_WORD.match(clause.text) and text.startswith(clause.text) and len(text) <= _NOTHING_ELSE
    if not code and not _CHANGED.search(clause.text):
        return None
    written = _numbers(text)
    valid = [e164 for e164 in (as_e164(number) for number in written) if e164]
    if len(set(valid)) > 1:
        return Act(intent="change_phone", ambiguous="phone", options=tuple(dict.fromkeys(valid)))
    if valid:
        return Act(intent="change_phone", phone=valid[0])
    off = [number for number in written if _SHORTEST <= len(number.lstrip("+")) <= _LONGEST]
    return Act(intent="change_phone", ambiguous="phone" if off else "", options=tuple(off))


def _numbers(text: str) -> list[str]:
    """Digits of every number in the text; only the new one where the words say which that is."""
    runs = list(_RUN.finditer(text))
    new = [run for run in runs if _THE_NEW.search(text[max(0, run.start() - 12) : run.start()])]
    return [_in_digits(run[0]) for run in (new if len(new) == 1 else runs)]


def _in_digits(written: str) -> str:
    return "".join(_DIGIT.get(c, c) for c in written if c not in " -")
