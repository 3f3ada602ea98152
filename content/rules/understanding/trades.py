"""The work that members do away from home, as they call it."""

from __future__ import annotations

import re

from content.rules.wordlist import words

TRADES = words(
    "电焊工 焊工 电焊 氩弧焊 保安 保洁 保姆 月嫂 护工 厨师 帮厨 服务员 收银员 营业员 销售 业务员 客服 "
    "会计 出纳 文员 行政 仓管 仓库管理员 "
    "叉车工 叉车 司机 货车司机 网约车 网约车司机 滴滴 出租车 外卖员 外卖骑手 外卖 骑手 快递员 快递 快递分拣 "
    "分拣 搬运工 装卸工 装卸 普工 操作工 流水线 "
    "质检员 质检 组长 班长 线长 车间主任 技术员 工程师 电工 水电工 水电 木工 瓦工 泥工 泥瓦工 油漆工 "
    "油漆 钢筋工 钢筋 架子工 塔吊 "
    "塔吊司机 挖机 挖掘机 测量 施工员 安全员 资料员 项目经理 监理 装修 家政 裁缝 缝纫工 车工 钳工 铣工 "
    "钣金 模具 注塑 数控 纺织工 理发师 "
    "理发 美容师 老师 教师 护士 医生 药师 程序员 设计师 直播 电商 物流 养殖 种植 摆摊 早餐店 餐饮 个体 "
    "船员 海员 矿工 保育员 "
    "维修工 修理工 汽修 空调安装 绿化 环卫 环卫工 环卫工人 园林 加油员 洗碗工 传菜员 配菜 切配 面点师 "
    "烧烤 奶茶店 理货员 打包工 包装工"
)
_TRADE = re.compile("|".join(sorted(TRADES, key=len, reverse=True)))

_DOING = re.compile("[做当干跑送开搞]")


def trade_in(text: str) -> str:
    """The trade named, or nothing: in 物流公司做分拣 the one that is done."""
    doing = _DOING.search(text)
    match = (_TRADE.search(text, doing.end()) if doing else None) or _TRADE.search(text)
    return match[0] if match else ""
