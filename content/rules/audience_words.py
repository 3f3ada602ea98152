"""Whom a sender means by 昆山的建筑工人, 失联的, 柳湾村, 石远, as far as the words alone tell it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from content.rules.industries import Industry
from content.rules.places import Place, find_place, prefix_of
from content.rules.wordlist import words

_TRADES: Mapping[Industry, tuple[str, ...]] = {
    "building": words("建筑装修 建筑 装修 工地 木工 瓦工"),
    "trade": words("经商开店 经商 开店 做生意 生意 个体户"),
    "catering": words("餐饮住宿 餐饮 厨师 饭店 酒店"),
    "services": words("家政物业 家政 物业 保安 保洁"),
    "factory": words("工厂 厂里 进厂 车间"),
    "transport": words("运输快递 快递 外卖 司机 骑手 运输 物流"),
    "farming": words("种养渔业 养殖 种植 渔业"),
    "school_and_health": words("教育医疗 教师 老师 医生 护士 教育 医疗"),
    "computing": words("网络电脑 程序员 电商 直播 电脑"),
}
_TRADE_OF = {word: trade for trade, said in _TRADES.items() for word in said}
_LONGEST_FIRST = "|".join(sorted(_TRADE_OF, key=len, reverse=True))
_TRADE = re.compile(rf"(?:搞|做|干|跑|送|开)?({_LONGEST_FIRST})(?:工人|行业|人员|工|员|业|上)*")
_STANDINGS = (
    ("silent", re.compile(r"失联|联系不上")),
    ("late", re.compile(r"迟了|超期|没按时(?:联系|签到)?")),
    ("due", re.compile(r"快到期|该联系")),
    ("fresh", re.compile(r"按时联系|按时")),
)
_LANGUAGES = (
    ("en", re.compile(r"(?:看|讲|说|读|用|懂)?(?:英文|英语)", re.IGNORECASE)),
    ("zh", re.compile(r"(?:看|讲|说|读|用|懂)?(?:中文|汉语)")),
)
_EVERYBODY = re.compile(
    r"(?i:all|everybody|everyone)|(?:所有|全部|全体|每个|大家|都|外出)*(?:的|人|党员|同志|外出|流动|每个人)*"
)
_UNIT = re.compile(r".*(?:支部|党委|总支|小组|党组|村|镇|乡|街道|社区)")
_BETWEEN = re.compile(r"[、,;\n]|以及|(?<=..)[和及跟](?=..)|的")
_BUT_NOT = re.compile(
    r"(?P<whom>.+?)[\s,，、;；]*(?:除了|除去|不含|不包括|去掉|不发给?|别发给?|\bwithout\b|\bexcept\b)\s*(?P<not>.+?)(?:以外|之外|外)?$",
    re.S | re.I,
)
_AROUND = re.compile(r"^(?:所有|全部|全体|还有|在|住|是)+|(?:党员|同志|们|打工|上班|务工|那边|工作|人|发)+$")


class Said(NamedTuple):
    """`places` are prefixes of codes; `unsettled` the codes of places one of which may be meant.

    `names` are those of units or people: whoever asks looks them up among those in sight.
    """

    everybody: bool = False
    places: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def read_audience(text: str) -> Said:
    """What the words say; nothing at all where they are empty."""
    plain = "".join(unicodedata.normalize("NFKC", text).split(" ")).strip("。.!")
    if plain and _EVERYBODY.fullmatch(plain):
        return Said(everybody=True)
    said = Said()
    for piece in filter(None, _BETWEEN.split(plain)):
        said = _and_also(said, _read(piece))
    return said


def parted(text: str) -> tuple[str, str]:
    """(whom, who not) of "浙江的，除了何一": the second is empty where nobody is left out."""
    found = _BUT_NOT.match(text.strip())
    return (found["whom"], found["not"]) if found else (text, "")


def _read(piece: str) -> Said:
    bare = _AROUND.sub("", piece) or piece
    if _UNIT.fullmatch(bare):
        return Said(names=(bare,))
    standings, bare = _taken_out(_STANDINGS, bare)
    languages, bare = _taken_out(_LANGUAGES, bare)
    trades = tuple(_TRADE_OF[found[1]] for found in _TRADE.finditer(bare))
    bare = _AROUND.sub("", _TRADE.sub("", bare))
    said = Said(standings=standings, languages=languages, trades=trades)
    if not bare or _EVERYBODY.fullmatch(bare):
        return said
    place = find_place(bare)
    if isinstance(place, Place):
        return said._replace(places=(prefix_of(place.code),))
    if place is not None:
        return said._replace(unsettled=tuple(option.code for option in place.options))
    return said._replace(names=(bare,))


def _taken_out(known: Iterable[tuple[str, re.Pattern[str]]], text: str) -> tuple[tuple[str, ...], str]:
    found = []
    for name, pattern in known:
        if pattern.search(text):
            found.append(name)
            text = pattern.sub("", text)
    return tuple(found), text


def _and_also(one: Said, other: Said) -> Said:
    return Said(one.everybody or other.everybody, *(a + b for a, b in zip(one[1:], other[1:], strict=True)))
