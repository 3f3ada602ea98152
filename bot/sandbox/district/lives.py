"""Where the 106 live and what they work at: 32 out of the province, 23 elsewhere in it, 51 near home.

The three figures, the trades and the eastern coast are those of the yearly report (D2, section 1); each
single life is invented, and so are all employers.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from content.rules.wordlist import words


@dataclass(frozen=True, slots=True)
class Life:
    """`place` is a code; `address` are the member's own words, empty where they told nobody."""

    place: str
    address: str
    employer: str
    job: str
    reason: str = "务工"


@dataclass(frozen=True, slots=True)
class _Trade:
    people: int
    jobs: tuple[str, ...]
    employers: tuple[str, ...]
    addresses: tuple[str, ...]
    reason: str = "务工"


OUT_OF_PROVINCE = {
    "310115": 4, "310117": 2, "310112": 2, "310114": 2, "330110": 3, "330109": 2, "330302": 2, "330304": 1,
    "330206": 2, "330782": 1, "440306": 2, "440307": 1, "441900": 3, "350582": 1, "370214": 1, "110105": 1,
}  # fmt: skip
ELSEWHERE_IN_PROVINCE = {
    "320583": 4, "320506": 3, "320582": 2, "320281": 2, "320214": 2, "320412": 2, "320115": 3, "320612": 1,
    "320703": 2, "321003": 1,
}  # fmt: skip
NEAR_HOME = {"321302": 14, "321311": 12, "321322": 9, "321323": 8, "321324": 6}

# Those of whom the page tells; with them the three figures are whole.
PLASTERER = Life("310117", "工地生活区3栋", "顺禾建筑劳务队", "瓦工")
INSPECTOR = Life("320583", "厂宿舍2号楼", "明芽电子厂", "质检员")
GATEKEEPER = Life("321322", "工地门房", "大樟建设三工区", "看门")
DECKHAND = Life("330903", "船上", "远岫渔业", "船员")
TRUCKER = Life("321311", "停车场旁出租屋", "万里归车队", "货车司机")
_PLASTERER_BEFORE = Life("320506", "工地旁出租屋", "晨起装饰队", "小工")

_TRADES = (
    _Trade(
        30,
        words("钢筋工 木工 瓦工 水电工 油漆工 塔吊司机 施工员"),
        words("顺禾建筑劳务队 大樟建设三工区 稳当脚手架队 晨起装饰队"),
        words("工地生活区1栋 工地生活区5栋 工地旁出租屋 项目部宿舍"),
    ),
    _Trade(
        24,
        words("早点铺 五金店 水果批发 布匹生意 快餐店 小超市"),
        words("自己开店 南门集市 小桥市场二排 半亩市场"),
        words("店里阁楼 菜场后面出租屋 老街二楼 跟儿子一家住"),
        "经商",
    ),
    _Trade(8, words("厨师 切配 传菜"), words("四时春饭店 拾光酒店"), words("员工宿舍 老街二楼")),
    _Trade(9, words("保洁 月嫂 护工"), words("安和家政"), words("雇主家 亲戚家 河边新村")),
    _Trade(5, words("保安 维修"), words("青檐物业"), words("小区值班室 河边新村")),
    _Trade(
        17,
        words("焊工 缝纫工 车工 注塑工 质检员 仓管"),
        words("明芽电子厂 宽河服装厂 星埂机械厂"),
        words("厂宿舍1号楼 厂宿舍3号楼 职工公寓 厂门口出租屋"),
    ),
    _Trade(
        8,
        words("货车司机 叉车工 装卸工 快递员"),
        words("晨帆物流 万里归车队 大道货运"),
        words("车站南边出租屋 货场宿舍"),
    ),
)
_TOLD_NOBODY_IN = 6


def draw_lives(rng: Random) -> list[Life]:
    """The lives that are left for all whom the page does not tell of, in any order."""
    where = OUT_OF_PROVINCE, ELSEWHERE_IN_PROVINCE, NEAR_HOME
    places = [code for table in where for code, people in table.items() for _ in range(people)]
    trades = [trade for trade in _TRADES for _ in range(trade.people)]
    rng.shuffle(places)
    rng.shuffle(trades)
    return [_life(rng, place, trade) for place, trade in zip(places, trades, strict=True)]


def life_before(rng: Random, life: Life) -> Life:
    """Where somebody lived, and what they worked at, before they came to the life they have."""
    if life is PLASTERER:
        return _PLASTERER_BEFORE
    place = rng.choice([code for code in (*OUT_OF_PROVINCE, *ELSEWHERE_IN_PROVINCE) if code != life.place])
    return _life(rng, place, rng.choice(_TRADES))


def _life(rng: Random, place: str, trade: _Trade) -> Life:
    address = "" if rng.randrange(_TOLD_NOBODY_IN) == 0 else rng.choice(trade.addresses)
    return Life(place, address, rng.choice(trade.employers), rng.choice(trade.jobs), trade.reason)
