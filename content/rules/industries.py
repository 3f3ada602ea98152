"""Which line of work an employer and a trade belong to, coarse enough to be counted in plain. (S32)

D2, section 1, names building, trade and services; the others are the sections of GB/T 4754 that members
on the move work in. The words themselves stay sealed: only the line is kept beside them.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

Industry = Literal[
    "building",
    "trade",
    "catering",
    "services",
    "factory",
    "transport",
    "farming",
    "school_and_health",
    "computing",
    "other",
    "unknown",
]

INDUSTRIES: tuple[Industry, ...] = get_args(Industry)

# In this order: a 厨师 in a 厂 cooks, and a 司机 on a 工地 drives. What somebody does outweighs where.
_BY_JOB: tuple[tuple[Industry, str], ...] = (
    (
        "building",
        r"钢筋|木工|瓦工|泥工|泥瓦|架子工|塔吊|挖机|挖掘机|油漆|水电|装修|粉刷|抹灰|砌|施工|监理|项目经理|安全员|资料员|"
        r"测量|小工|工地|建筑|防水|幕墙|土建|builder|construction",
    ),
    (
        "transport",
        r"司机|驾驶|叉车|装卸|搬运|快递|外卖|骑手|网约车|滴滴|出租车|货运|物流|分拣|跑车|代驾|船员|海员|"
        r"driver|courier|rider",
    ),
    (
        "catering",
        r"厨|切配|配菜|传菜|面点|服务员|洗碗|餐|饭店|早点|早餐|烧烤|奶茶|小吃|酒店|宾馆|cook|waiter|waitress",
    ),
    (
        "services",
        r"保安|门卫|看门|保洁|保姆|月嫂|护工|家政|物业|美容|美发|理发|绿化|环卫|园林|维修|修理|汽修|空调安装|养老|"
        r"殡葬|洗车|cleaner|guard|nanny",
    ),
    ("school_and_health", r"教师|老师|幼师|保育|护士|医生|医师|药师|药店|讲师|培训|teacher|nurse|doctor"),
    ("computing", r"程序|软件|开发|运维|测试工程|网络工程|直播|设计师|电商|客服|算法|programmer|software"),
    (
        "trade",
        r"经商|生意|开店|店主|老板|个体|批发|零售|销售|业务员|营业员|收银|导购|理货|摆摊|摊|超市|贩|shop|sales",
    ),
    ("farming", r"养殖|种植|种地|种菜|果园|农场|渔|捕捞|养鱼|养猪|养鸡|茶园|林场|farm|fish"),
    (
        "factory",
        r"普工|操作工|流水线|焊|车工|钳工|铣工|钣金|模具|注塑|数控|纺织|缝纫|裁缝|质检|品检|品管|仓管|库管|组长|线长|班长|"
        r"车间|技术员|机修|打包|包装|电工|冲压|喷涂|组装|装配|矿工|welder|factory|fitter",
    ),
)
_BY_EMPLOYER: tuple[tuple[Industry, str], ...] = (
    ("building", r"建筑|建设|建工|工地|劳务队|装饰|装修|脚手架|路桥|中建|中铁|项目部|工程"),
    ("transport", r"物流|货运|快递|车队|运输|顺丰|京东|菜鸟|美团|滴滴|公交|地铁|铁路|港口|码头|航运"),
    ("catering", r"饭店|酒店|餐|食堂|宾馆|面馆|小吃|火锅|奶茶|早点|早餐|快餐"),
    ("services", r"物业|家政|保安|环卫|养老|园林|美容|理发|洗浴|汽修"),
    ("school_and_health", r"学校|小学|中学|大学|学院|幼儿园|医院|诊所|药房|培训"),
    ("computing", r"软件|网络|信息|互联网|科技公司|数据|华为|腾讯|阿里"),
    ("farming", r"农场|养殖|种植|渔业|林场|果园|茶园|农业|合作社"),
    ("factory", r"厂|电子|制造|机械|服装|纺织|富士康|比亚迪|立讯|化工|钢铁|汽车|食品|矿"),
    ("trade", r"店|超市|市场|商场|商贸|批发|贸易|集市|生意|自己干|个体|经商"),
)


def industry_of(employer: str, job: str) -> Industry:
    """`unknown` where nothing was told, `other` where what was told fits no line."""
    if not (employer.strip() or job.strip()):
        return "unknown"
    found = _first(_BY_JOB, job) or _first(_BY_EMPLOYER, employer) or _first(_BY_JOB, employer)
    return found or _first(_BY_EMPLOYER, job) or "other"


def _first(table: tuple[tuple[Industry, str], ...], words: str) -> Industry | None:
    said = words.lower()
    return next((industry for industry, pattern in table if re.search(pattern, said)), None)
