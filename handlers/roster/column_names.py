"""What clerks call the columns of a roster: each field of a file, under its many names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

ANY_PHONE = (
    "联系电话",
    "电话",
    "移动电话",
    "手机",
    "手机号",
    "手机号码",
    "电话号码",
    "联系号码",
    "联系方式",
)
LIAISON = (
    *("联系人", "联络人", "党组织联系人", "支部联系人", "编外指导员", "指导员"),
    *("包联领导", "包联干部", "联系领导", "联系干部", "结对联系人"),
)
MEMBER = ("党员", "本人", "流动党员")
FAMILY = ("家属", "家人", "家庭", "家庭成员")

NAMES: Mapping[str, Sequence[str]] = {
    "name": ("姓名", "名字", "党员", *(who + "姓名" for who in MEMBER)),
    "phone": tuple(who + phone for who in MEMBER for phone in ANY_PHONE),
    "branch": (
        *("所在支部", "党支部", "支部", "所在党支部", "所属支部", "所属党支部", "支部名称", "党支部名称"),
        *("所在党组织", "所属党组织", "党组织", "流出地党组织", "流出地党支部", "组织关系所在党支部"),
    ),
    "place": (
        *("流入地", "现居住地", "外出地点", "去向", "流向", "外出去向", "流动去向", "外出地", "务工地点"),
        *("现住址", "外出地址", "流入地址", "现居住地址", "暂住地址", "暂住地", "流入地点", "居住地"),
        *(
            "目前所在地",
            "所在地",
            "流出去向",
            "外出流向",
        ),
        *("流往地", "流往地区", "流向地", "所在城市", "所在省市"),
    ),
    "out_since": (
        "外出时间",
        "流出时间",
        "外出日期",
        "流出日期",
        "流动时间",
        "离开时间",
        "外出务工时间",
        "外出起始时间",
        "何时外出",
        "何时流出",
        "外流时间",
        "离家时间",
        "出门时间",
    ),
    "back_on": ("返回时间", "返乡时间", "返回日期", "返乡日期", "回来时间"),
    "liaison": (
        *LIAISON,
        *(who + "姓名" for who in LIAISON),
        *(who + with_ + phone for who in LIAISON for with_ in ("及", "和", "姓名及") for phone in ANY_PHONE),
    ),
    "liaison_phone": tuple(who + phone for who in LIAISON for phone in ANY_PHONE),
    "employer": ("工作单位", "务工单位", "现工作单位", "就业单位", "流入单位", "工作单位及职务"),
    "job": ("从事行业", "行业", "职业", "工种", "从事职业", "从事工作", "所从事的行业", "从业情况"),
    "reason": ("外出原因", "流动原因", "流出原因", "外出事由", "外出理由"),
    "dues_until": (
        "党费交至",
        "党费缴至",
        "党费交纳至",
        "党费缴纳至",
        "党费交纳情况",
        "党费缴纳情况",
        "党费",
    ),
    "remark": ("备注", "说明"),
    "joined_party_on": ("入党时间", "入党日期", "入党年月", "何时入党", "加入中国共产党时间"),
    "family_phone": tuple(who + phone for who in FAMILY for phone in ANY_PHONE),
}


@cache
def fields() -> Mapping[str, str]:
    return {name: field for field, names in NAMES.items() for name in names}
