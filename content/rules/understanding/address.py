"""搬家: a new place to live. A change of the file, so only told news counts."""

from __future__ import annotations

import re

from content.act import Act
from content.rules.understanding.clauses import Clause
from content.rules.understanding.job import is_about_work
from content.rules.understanding.placing import address_words, place_fields

_CODE_WORD = re.compile(
    r"^(?:dz|地址|新地址|住址|现住址|改地址|换地址)(?:改为|改成|换成|变更为|更新为|是|为|在|"
    r"[: ])*(?!没|不|未|还|仍|一样|都)"
)
_MOVED = re.compile(
    r"(?:搬|迁)(?:到|回|来|去|至|进|往|在|了|走了|过来|出来|家(?!公司|具|货))|搬(?:了|好|完)?(?:次|"
    r"个)?新?家(?!公司|具)|搬(?:了|好|完)(?:次|个)?(?:新)?(?:住处|地方|宿舍)|搬新(?:房|居|址)|"
    r"换了?(?:个|一个)?(?:新)?(?:地方|住处|住的地方|地址|房子|宿舍|出租屋|城市)|(?:地址|住址|住处|"
    r"住的地方)(?:改|换|变|更新|更改|变更)|"
    r"(?:新|现在?|目前)(?:的)?(?:地址|住址|住处)|(?:现在?|目前|如今)(?:是)?(?:住|租)|住到|住进|租(?:到|"
    r"在|住)|换到(?!了?个?厂)|"
    r"(?:改|换|变)(?:个|下|一下)?(?:地址|住址)|^i(?:'ve| have)? (?:just )?moved (?:to|house)|^my new address"
)
_ARRIVED = re.compile(
    r"(?:已经?|刚|我|安全|顺利|今天|昨天|都)(?:安全|顺利|刚|已经?)*(?:到达?|"
    r"抵达)了?[\u4e00-\u9fff]{2,}|^(?:现在|我)?(?:到达?|来了?到?)[\u4e00-\u9fff]{2,}了?$"
)
_LIVES_NOW = re.compile(r"(?:我|人)*(?:现在?|目前|如今)(?:人)?(?:已经|都)?在")
_NOW_AT = re.compile(r"(?:现在?|目前|如今|人)(?:已经|都)?在[\u4e00-\u9fff]{2,}了$")
_VISIT = re.compile(r"[到来去]过|旅游|旅行|出差|开会|看病|办事|探亲|转车|中转|参观|玩")
_NOT_HOME = re.compile(
    r"搬(?:砖|货|运|东西|箱|料|石|煤|水泥|不动|起)|(?:厂|公司|单位|工地|办公室|车间|学校|仓库|机器|"
    r"设备|市场)(?:要|都|已经|整体|又)?(?:搬|迁)|"
    r"搬家公司|(?:快递|货物?|东西|家具|材料|行李|桌子?|床|货柜)[^,]{0,4}搬|支部地址|你们?地址|快递地址|"
    r"收货地址"
)


def change_address(clause: Clause) -> Act | None:
    if not clause.is_news or _NOT_HOME.search(clause.text):
        return None
    code = _CODE_WORD.match(clause.text)
    if not code and is_about_work(clause.text) and not re.search("搬|住|地址", clause.text):
        return None
    if code or _MOVED.search(clause.text):
        return _act(clause.text)
    if _ARRIVED.search(clause.text) or _NOW_AT.search(clause.text):
        return None if _VISIT.search(clause.text) else _if_placed(clause.text)
    return None


def lives_now(clause: Clause) -> Act | None:
    """现在在苏州做电工, behind news of a new job: the place is news as well."""
    return _if_placed(clause.text) if clause.is_news and _LIVES_NOW.match(clause.text) else None


def _if_placed(text: str) -> Act | None:
    told = _act(text)
    return told if told.place or told.address or told.ambiguous else None


def _act(text: str) -> Act:
    return Act(intent="change_address", address=address_words(text), **place_fields(text))
