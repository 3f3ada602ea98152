"""What a text names that is nothing but the name of a place, as a form's own column has it: 沪, 和县, 台北.

In a sentence these are too short to trust: 和 is a word, and 应县 may end another.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from content.rules.places.divisions import Place, divisions, place_of
from content.rules.places.renamed import ONE_CHARACTER

# By the order of their codes; where a province has two, both.
_PROVINCES = {
    letter: f"{number}0000"
    for number, letters in (
        *((11, "京"), (12, "津"), (13, "冀"), (14, "晋"), (15, "蒙"), (21, "辽"), (22, "吉"), (23, "黑")),
        *((31, "沪"), (32, "苏"), (33, "浙"), (34, "皖"), (35, "闽"), (36, "赣"), (37, "鲁"), (41, "豫")),
        *((42, "鄂"), (43, "湘"), (44, "粤"), (45, "桂"), (46, "琼"), (50, "渝"), (51, "川蜀"), (52, "贵黔")),
        *((53, "云滇"), (54, "藏"), (61, "陕秦"), (62, "甘陇"), (63, "青"), (64, "宁"), (65, "新")),
        *((71, "台"), (81, "港"), (82, "澳")),
    )
    for letter in letters
}
_TAIWAN = ("台北", "新北", "桃园", "台中", "台南", "高雄", "基隆", "新竹", "嘉义", "花莲", "台东")


def place_named(text: str) -> Place | None:
    """The place whose name is all of the text; None where it is no such name, or that of several."""
    name = "".join(unicodedata.normalize("NFKC", text).split()).replace("臺", "台")
    code = (ONE_CHARACTER | _PROVINCES).get(name) or _own_names().get(name, "")
    return place_of("710000" if name.removesuffix("市") in _TAIWAN else code)


@cache
def _own_names() -> dict[str, str]:
    codes: dict[str, set[str]] = {}
    for division in divisions().values():
        codes.setdefault(division.own, set()).add(division.place.code)
    return {own: code for own, (code, *others) in codes.items() if not others}
