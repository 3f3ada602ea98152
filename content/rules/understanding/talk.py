"""Questions to the office and opinions."""

from __future__ import annotations

import re

from content.act import Act
from content.rules.understanding.clauses import Clause

_OPINION = re.compile(
    r"(?:我)?(?:有(?:个|点|一?条)?|提(?:个|一?条|点|几点)?|我的)(?:小)?(?:建议|意见)|"
    r"(?<![的无没])建议(?!书|信|吗)|"
    r"希望(?:党课|短信|学习|活动|组织|支部|村里|村|党组织|能(?!早日)|多|以后|可以|上级)|反映(?:一?下|"
    r"个|一个|情况)|我(?:觉得|认为|感觉)[^,]{0,12}(?:应该|可以|最好|不合理|太|不够)|"
    r"(?:党课|短信|活动|学习)[^,]{0,8}(?:[^,]{0,2}太(?:啰嗦|长|短|多|少|难|早|晚|枯燥)|不实用|没意思|"
    r"很好|有用|不错|实用)"
)
_ASK = re.compile(
    r"请问|问一?下|问个|想问|咨询|怎么(?!样$|样了)|咋(?:办|弄|转|报|交|样才)|如何|哪里(?:可以|能)|"
    r"(?:什么|啥)(?:补贴|补助|优惠|待遇|时候|材料|条件|手续|政策|流程|要求)|"
    r"(?:可以|能|需要|用|要|算)[^,]{0,14}[吗么不]$|能不能|能否|可不可以|需不需要|要不要|用不用|是不是|"
    r"有没有|多少|为什么|为啥|咋回事|(?:找|交给|问|联系)谁|(?:打|发)什么|意思是?什么|什么意思|"
    r"[去到在]哪里?了?$|几点|哪天|在哪"
)
_SMALL_TALK = re.compile(
    r"^(?:你|您|书记|大家|家里|村里|身体)?(?:好|怎么样|咋样|还好|吃了|在|忙)[吗呀么]?$|吃(?:饭)?了|"
    r"睡了|忙不忙|累不累|还不知道|再说$|没定|你是谁|你是(?:机器人|人工)|在吗"
)

_GREETING_LENGTH = 4


def opinion(clause: Clause) -> Act | None:
    return Act(intent="opinion") if _OPINION.search(clause.text) and not clause.asked else None


def question(clause: Clause, marked: bool) -> Act | None:
    """`marked`: the message carries a question mark."""
    if _SMALL_TALK.search(clause.text):
        return None
    put = clause.asked and (marked or clause.text.endswith("吗")) and len(clause.text) > _GREETING_LENGTH
    return Act(intent="ask") if put or _ASK.search(clause.text) else None
