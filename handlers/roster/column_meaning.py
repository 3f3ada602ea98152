"""What a column is about: by its name where it is a usual one, else by the words in it.

Each township words its forms anew, and a column that nobody knows is a fact that is lost for everybody.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from handlers.roster.column_names import ANY_PHONE, fields

_CARER = r"(?:联系|联络|帮扶|包联|包保|挂联|结对|指导|帮带)(?:责任)?(?:人|员|干部|领导|党员)"
_PHONE = r"(?:联系|移动|手机)?(?:电话|手机号码|手机号|手机|号码|联系方式)(?:号码?)?"

# Of somebody or somewhere else: taken for the member's own they would put a stranger into the file.
_NOT_OURS = re.compile(
    r"流入地?.{0,3}(?:党组织|支部|党委|联系人|联络)|(?:外出|务工|现居住)地?.*(?:联系人|联络人)|接收|转入|紧急"
    r"|(?:家中|家庭|家属|家人|亲属|家里).*(?:联系人|联络人)(?!.*(?:电话|手机|号码|联系方式))"
    r"|推荐|入党介绍|介绍人|填表|填报|书记|负责人|身份证|户籍|籍贯|出生|转正|组织关系.*(?:地|时间)|^流出地$"
    r"|预计|计划|拟|家庭(?:住址|地址|所在|情况)"
)
_OF_OTHERS = re.compile(rf"{_CARER}|家属|家人|家庭成员|配偶|父亲|母亲|父母|子女|亲属")
_ABOUT_OTHERS = (
    ("family_phone", rf"(?:家中|家庭|家属|家人|亲属|家里).*{_PHONE}$"),
    ("liaison", rf"{_CARER}(?:姓名)?(?:[及和与]{_PHONE})?$"),
    ("liaison_phone", rf"{_CARER}.*{_PHONE}$"),
    ("family_phone", rf"(?:家属|家人|家庭|配偶|父亲|母亲|父母|子女|亲属).*{_PHONE}$"),
)
_ABOUT_THE_MEMBER = (
    ("name", r"^(?:外出|流出|流入|流动|在外|务工|外出务工)?(?:党员|人员|同志)?(?:姓名|名字)$"),
    ("phone", rf"^(?:流动)?(?:党员|本人|个人).*{_PHONE}$"),
    ("dues_until", r"党费.*(?:至|到|情况|时间|日期|月份|截止)"),
    ("joined_party_on", r"(?:入党|加入.*党组织).*(?:时间|日期|年月)$"),
    ("back_on", r"(?:返回|返乡|回乡|回来|返村|流回).*(?:时间|日期|年月)$"),
    ("out_since", r"(?:外出|流出|流动|离开|离乡|离村|出去|务工).*(?:时间|日期|年月)$"),
    ("reason", r"(?:外出|流动|流出|离乡).*(?:原因|事由|理由|目的)$"),
    ("employer", r"(?:工作|务工|就业|打工|用工|从业|流入).*(?:单位|企业|公司)(?:名称|全称|及职务|及岗位)?$"),
    ("job", r"从事|行业|职业|工种|岗位"),
    ("branch", r"^(?:所在|所属|隶属|现|原|组织关系|流出地).*(?:支部|党组织)(?:名称|全称)?$"),
    ("branch", r"^(?:村|社区)?(?:党支部|支部|党组织)(?:名称|全称)?$"),
    (
        "place",
        r"(?:流入|外出|流动|现|目前|务工|暂住|居住|打工|工作|经商|去往|前往)"
        r".*(?:地|地址|地点|去向|流向|方向|住址|住处|城市|省市)$",
    ),
)
_ANY_PHONE = re.compile(rf"(?:现|目前|常用|有效|外出|在外|主要)*{_PHONE}\d?")
_VILLAGE = re.compile(r"(?:所在|所属|行政)?(?:村|社区|村居|村社区)(?:名|名称|别)?")
_PART_OF_PLACE = re.compile(
    r"(?:流入|外出|现居住|务工|居住|去向|所在|流出(?!地)|流往|流动|流向|暂住|目前|现)*"
    r"(?:情况|地|地区|地址|地点|去向|流向|方向|住址|住地|居住地|所在地)?"
    r"(?:省份|省|地级市|地市|城市|市|县市区|市县区|市县|县区|区县|县|区|乡镇街道|乡镇|街道|镇|详细地址|具体地址|详细地点|具体地点)"
)


def bare(label: str) -> str:
    """The label without what only adorns it: spaces, line breaks, stars, a remark in brackets.

    Of 流入地/现居住地 the first name that is known counts.
    """
    bare = re.sub(r"\([^)]*\)|[\s*:]", "", unicodedata.normalize("NFKC", label))
    return next((part for part in re.split("[/、或]", bare) if field_of(part) or is_any_phone(part)), bare)


@lru_cache(maxsize=1024)
def field_of(label: str) -> str:
    """The field of a file that a column's bare name means; empty where it means none that is certain."""
    known = fields().get(label)
    if known or not label or _NOT_OURS.search(label):
        return known or ""
    meanings = _ABOUT_OTHERS if _OF_OTHERS.search(label) else _ABOUT_THE_MEMBER
    return next((field for field, words in meanings if re.search(words, label)), "")


def is_any_phone(label: str) -> bool:
    """A telephone, and the name does not say whose."""
    return label in ANY_PHONE or bool(_ANY_PHONE.fullmatch(label))


def is_village(label: str) -> bool:
    """A village or neighbourhood has one branch: its name is as good where no column names the branch."""
    return bool(_VILLAGE.fullmatch(label))


def is_part_of_place(label: str) -> bool:
    """The province, the city or the street alone, as where 流入地 is split over several columns."""
    return bool(_PART_OF_PLACE.fullmatch(label))
