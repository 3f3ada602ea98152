"""The place of a clause, as fields of an act: found, or open and to be asked about."""

from __future__ import annotations

import re
from typing import TypedDict

from content.rules.places import Place, Several, abroad_in, find_place

# Words that belong on an envelope: only these make an address more than its place.
_ON_AN_ENVELOPE = re.compile(
    r"[路街巷弄道桥]\d|\d+(?:号|栋|幢|弄|室|楼|单元|号楼)|小区|花园|家园|公寓|宿舍|新村|工业[园区]|"
    r"科技园|[苗侗水羌藏]寨|客栈|旅馆|宾馆|民宿|市场|商贸城|大厦|广场(?!舞)|产业园|社区|城中村|家属院|"
    r"大院|工棚|板房|项目部|码头|农场|林场|[东南西北]门(?!子)|旁边|对面|[\u4e00-\u9fff](?:镇|乡|街道|大道|村)(?!干部|支|委)"
)
_LEAD = re.compile(
    r"^.*?(?:地址|住址|住处|新址|搬到了?|搬来了?|搬去了?|搬在|搬至|住在|住到|租到|租在|现住|暂住|dz|"
    r"换到|换成|改成|改为|到了?)"
    r"(?:现在|暂时|已经)?(?:是|为|在|改为|改成|换成|变成|变更为|改到|[:])*\s*"
)
_BOUND_FOR = re.compile(
    r"(?:搬[到去来回进]|迁[到往至]|住[到在进]|换到|现住|(?:dz|地址|住址|住处)(?:改为|改成|换成|是|[: ])*)了?"
    r"(?P<where>[\u4e00-\u9fff]{2,20}?)(?:了|啦)?(?:$|[ ,。!;])"
)
_TAIL = re.compile(r"(?:了|啦|上班|工作|打工|务工|谢谢|请?更新|请?登记|请?改一下|请?知悉|这里|这边)+$")


class Placed(TypedDict, total=False):
    place: str
    ambiguous: str
    options: tuple[str, ...]


def place_fields(text: str) -> Placed:
    """`place`, or `ambiguous` with the codes of the candidates, or nothing."""
    found = find_place(text)
    if isinstance(found, Place):
        return {"place": found.code}
    if isinstance(found, Several):
        return {"ambiguous": "place", "options": tuple(option.code for option in found.options)}
    return {}


def address_words(text: str) -> str:
    """The words for an envelope, where there is more to them than a city or a county; abroad, all of them."""
    abroad = abroad_in(text)
    if abroad:
        return abroad
    words = _TAIL.sub("", _LEAD.sub("", text, count=1)).strip(" ,:。")
    return words if _ON_AN_ENVELOPE.search(words) and place_fields(words) else ""


def unplaced_words(text: str) -> str:
    """阿斯加德 of 我搬到阿斯加德了: where somebody went, in words that name no place we know."""
    bound = _BOUND_FOR.search(text)
    return bound["where"] if bound and not place_fields(text) else ""
