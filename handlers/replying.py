"""Free words after a question of ours: the answer to it, or something else altogether?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from content.act import Act
from content.rules import phones
from content.rules.places import find_place
from content.rules.sending_time import told_when
from content.rules.understanding.greeting import is_greeting
from content.rules.understanding.job import is_about_work
from content.rules.understanding.plain import bare, joined, plain
from content.rules.understanding.replies import is_word_for

_SAYS_LITTLE = frozenset({"unknown", "choice", "ack", "yes", "no", "ask"})
# 在昆山上班 is a sign of life by itself, and an address to somebody who was asked for one.
_BY_THE_WAY: Mapping[str, frozenset[str]] = {
    "change_address": frozenset({"check_in", "depart", "change_job"}),
    "change_job": frozenset({"check_in", "change_address"}),
    "quiet": frozenset({"return"}),
}
_TELLS: Mapping[str, Callable[[str], bool]] = {
    "change_address": lambda text: find_place(text) is not None,
    "change_job": is_about_work,
}
_ANEW = {"keep_address": "change_address", "change_address": "change_address", "keep_job": "change_job"}
_PLANS = ("send_it", "preview_lesson", "preview_draft")
_CODE_WORDS = ("check_in", "stop", "resume", "menu", "not_me", "me", "lesson", "withdraw", "dispute")
_LONGEST_COMMAND = 8
# QD, DZ, GZ: nobody answers a question with two letters, not even 有什么难处.
_CODE = re.compile(r"[a-z]{2}")
_TAKEN_BACK = re.compile(
    r"(?:我|现在|已经|刚才?|是|不好意思|对不起)*(?:没(?:什么|啥|有)?事(?:情|儿)?|算|[按点发写打]错|误[按点触]|"
    r"不小心[按点]|手滑|不用|不需要|不必|不麻烦|取消)(?:的|了|到|吧|您|你|你们|谢谢|不用管)*"
)


_CALLED_OFF = re.compile(
    r"(?:我|我们|现在|暂时|先|又|还是|还|就)*(?:算|取消|不(?:想|用|打算|需要)?再?(?:换|搬|改|变)|没有?(?:换|搬|改|变)|"
    r"不用|nevermind|forgetit|cancel)(?:工作|厂|地方|家|住处|号码?|地址)?(?:的|了|吧|您|你|谢谢)*"
)


def is_reply(awaited: Act, acts: Sequence[Act], text: str) -> bool:
    """Whether the words answer `awaited`. A code word (QD, TD, 菜单) or a no never does."""
    if _takes_any_words(awaited):
        return True
    if acts[0].intent == "no" or is_greeting(text) or _is_command(awaited, acts, text.lower()):
        return False
    if awaited.about.get("verbatim"):
        return acts[0].intent not in ("ack", "yes", "back")
    allowed = _SAYS_LITTLE | {awaited.intent}
    if _TELLS.get(awaited.intent, bool)(text):
        allowed |= _BY_THE_WAY.get(awaited.intent, frozenset())
    return all(act.intent in allowed for act in acts)


def _takes_any_words(awaited: Act) -> bool:
    """A note, or what is to be said to many: whatever is written now is that, word for word."""
    return awaited.intent == "note_words" or awaited.about.get("verbatim") == "words"


def _is_command(awaited: Act, acts: Sequence[Act], text: str) -> bool:
    """A code word; or the same word that the question began with, which begins it again."""
    if any(is_word_for(word, text) for word in (*_CODE_WORDS, awaited.intent)):
        return True
    return bool(_CODE.fullmatch(bare(text))) and acts[0].intent != "unknown"


def is_taken_back(awaited: Act, text: str) -> bool:
    """没事了, 按错了: whoever was asked has nothing to tell after all."""
    taken_back = _TAKEN_BACK.fullmatch(bare(joined(plain(text)))) or is_called_off(text)
    return awaited.intent != "note_words" and bool(taken_back)


def is_called_off(text: str) -> bool:
    """算了, 不换了: nothing of it is to be done. 不对 and 写错了 only want it written otherwise."""
    return bool(_CALLED_OFF.fullmatch(bare(joined(plain(text)))))


def corrected(put: Act, acts: Sequence[Act], text: str, today: date) -> Act | None:
    """Another number, place or hour in place of a 对: what was read back is read back anew.

    Only words that are nothing but a time are another hour: others may name one by the way.
    """
    if not all(act.intent in _SAYS_LITTLE for act in acts):
        return None
    if put.intent == "keep_phone":
        number = phones.as_e164(text.strip())
        return Act(intent="change_phone", phone=number) if number else None
    if put.intent in _PLANS:
        about = {"draft": put.about["draft"], "changes": "1"}
        return Act(intent="preview_lesson", text=text, about=about) if told_when(text, today).alone else None
    anew = _ANEW.get(put.intent)
    if anew is None or not _TELLS[anew](text):
        return None
    if put.about.get("asked") == "which":
        return filled_in(put, acts, text)
    return filled_in(Act(intent=anew, about={"asked": "where"}), acts, text)


def is_a_note(awaited: Act, text: str) -> bool:
    """A liaison tells what was talked about: 找他谈过了,情绪不错 is no order to look somebody up."""
    return _takes_any_words(awaited) and len(text) > _LONGEST_COMMAND


def filled_in(awaited: Act, acts: Sequence[Act], text: str) -> Act:
    """The awaited act with the answer in it, and whatever else the answer says that it can use."""
    said = next((act for act in acts if act.intent == awaited.intent), acts[0])
    return awaited._replace(
        text=text,
        place=said.place,
        address=said.address,
        employer=said.employer,
        job=said.job,
        phone=said.phone,
        date=said.date,
        until=said.until,
        kind=said.kind or awaited.kind,
        urgent=said.urgent,
        options=said.options,
    )
