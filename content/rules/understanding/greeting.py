"""你好, 在吗: nothing is told and nothing is asked for, but somebody would like an answer."""

from __future__ import annotations

import re

from content.rules.understanding.plain import bare, plain

_GREETING = re.compile(
    r"^(?:书记|同志|领导|老师|组织|支部|联系人|大家|各位|请问|有人)*"
    r"(?:(?:你|您|你们)?好|(?:早上|上午|中午|下午|晚上)好|早安?|晚安|(?:你|您|有人)?在(?:不在|吗|么|不|没)|"
    r"哈喽|哈罗|嗨|喂|hi|hello)+"
    r"(?:书记|同志|领导|老师|啊|呀|哈|呢|哦)*$"
)
_LONGEST = 20


def is_greeting(text: str) -> bool:
    said = bare(plain(text))
    return len(said) <= _LONGEST and said != "好" and bool(_GREETING.match(said))
