"""Where in a text a place is named; words that only sound like a place are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from content.rules.places.divisions import divisions
from content.rules.places.renamed import ONE_CHARACTER
from content.rules.places.ways import Trust, Way, ways_by_head

MOST = 64  # places in one message; whoever names more is not telling us where they live

# What may stand before a county's bare name: 在昆山, 新地址昆山, 后天昆山. After any other
# character two halves of words meet by chance, or it is somebody's given name (张建华, 李文成).
_BEFORE_COUNTY = frozenset(
    "在到去来回往住搬至于址是为成改进赴抵达居驻了趟地方城市省区县州州作工换转调派从由向我们天早晚午月号日"
    "后前今现边家经过离和跟及或与叫找查"
)
_BEFORE_WORD = frozenset("在到去来回往住至于赴抵")
_PREPOSITIONS = frozenset("从来于会和进自向到在去")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石韦贾夏付邹熊孟秦邱侯尹薛闫段雷黎史陶贺毛郝顾龚邵覃武钱戴严莫孔汤"
)
_BEFORE_PERSON = frozenset("是叫名我给跟找问替让")

# 昆山路 is a street in another town, 沙县小吃 a meal, 河南人 a person.
_NOT_HERE = re.compile(
    r"[东西南北中]?[一二三四五六七八九十\d]{0,2}(?:路(?!上|途|费|程|远)|街(?!头)|大道|大街|巷(?!子)|弄|胡同|环)|"
    r"(?:桥|村|镇|乡(?!下)|庄|小区|花园|家园|公寓|广场|大厦|"
    r"新苑|苑|社区|银行|饭店|酒店|宾馆|面馆|拉面|小吃|烧烤|话(?!费|务)|口音|菜|籍|老乡|牌照|啤酒|电器|"
    r"人(?![民才力工员事社流]))"
)
_ON_THE_WAY = frozenset("去回往到来")
_ONE = re.compile(
    r"(?<=[在来到去回赴抵])[京津沪渝穗深杭蓉甬](?=务工|打工|工作|上班|做工|干活|发展|了|[^\u4e00-\u9fff]|$)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    codes: tuple[str, ...]
    trust: Trust


def mentions(text: str) -> list[Mention]:
    """Every place the text names, from left to right, at most `MOST`. Linear in the text's length."""
    found: list[Mention] = []
    at = 0
    while at < len(text) - 1 and len(found) < MOST:
        at = _step(text, at, found)
    return found


def _step(text: str, at: int, found: list[Mention]) -> int:
    one = _ONE.match(text, at) if text[at] in ONE_CHARACTER else None
    if one:
        found.append(Mention(at, at + 1, (ONE_CHARACTER[one[0]],), Trust.FULL))
        return at + 1
    for way in _named_at(text, at):
        end = at + len(way.name)
        if way.trust is Trust.NOTHING or _is_something_else(text, at, end, way):
            return end
        if _may_stand(text, at, end, way, found):
            found.append(Mention(at, end, way.codes, way.trust))
            return end
    return at + 1


def _named_at(text: str, at: int) -> Iterator[Way]:
    return (way for way in ways_by_head().get(text[at : at + 2], ()) if text.startswith(way.name, at))


def _is_something_else(text: str, at: int, end: int, way: Way) -> bool:
    if way.trust in (Trust.FULL, Trust.ABROAD) or not _NOT_HERE.match(text, end):
        return False
    on_the_way = text[end] == "路" and at > 0 and text[at - 1] in _ON_THE_WAY
    return not on_the_way


def _may_stand(text: str, at: int, end: int, way: Way, found: list[Mention]) -> bool:
    before = text[at - 1] if at else ""
    if way.trust in (Trust.FULL, Trust.ABROAD):
        return True
    if found and at - found[-1].end <= 1 and _lies_in(way.codes, found[-1].codes):
        return True
    if way.trust is Trust.CITY:
        return not _is_given_name(text, at)
    if way.trust is Trust.PREPOSITION:
        return before in _BEFORE_WORD or _stands_alone(text, before, end)
    return way.trust is Trust.COUNTY and _opens_a_word(text, at, end, before)


def _stands_alone(text: str, before: str, end: int) -> bool:
    return not _is_chinese(before) and not _is_chinese(text[end : end + 1])


def _lies_in(codes: tuple[str, ...], parents: tuple[str, ...]) -> bool:
    return any(parent in divisions()[code].parents for code in codes for parent in parents)


def _is_given_name(text: str, at: int) -> bool:
    """李长春 is a man; but 姓 and 名 are told apart from 江苏 only by what stands before them."""
    if not at or text[at - 1] not in _SURNAMES:
        return False
    return at == 1 or text[at - 2] in _BEFORE_PERSON or not _is_chinese(text[at - 2])


def _opens_a_word(text: str, at: int, end: int, before: str) -> bool:
    if before and _is_chinese(before) and before not in _BEFORE_COUNTY:
        return False
    return before in _BEFORE_WORD or not _city_begins_inside(text, at, end)


def _city_begins_inside(text: str, at: int, end: int) -> bool:
    """家乡宁夏: 乡宁 is a county, but 宁夏 was meant; 从化州: not 从化 but from 化州."""
    if text[at] in _PREPOSITIONS and any(len(way.name) > end - at - 1 for way in _named_at(text, at + 1)):
        return True
    inside = (way for start in range(at + 1, end) for way in _named_at(text, start))
    return at > 0 and any(way.trust is Trust.CITY and at + len(way.name) > end - 1 for way in inside)


def _is_chinese(character: str) -> bool:
    """Whether it is a Chinese character; the end of the text is none."""
    return "\u4e00" <= character <= "\u9fff"
