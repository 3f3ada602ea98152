"""The clocks of the countries that members name: the outermost two where a country has several."""

from __future__ import annotations

from functools import cache

from content.rules.places.ordinary import ABROAD
from content.rules.wordlist import words

# Of these nothing is known but that they are far away.
ANYWHERE = frozenset(words("国外 海外 境外"))

_CLOCKS = {
    "Asia/Singapore": "新加坡",
    "Asia/Kuala_Lumpur": "马来西亚 吉隆坡 槟城",
    "Asia/Jakarta": "雅加达",
    "Asia/Jakarta Asia/Jayapura": "印度尼西亚 印尼",
    "Asia/Kolkata": "印度",
    "Asia/Ho_Chi_Minh": "越南 胡志明市",
    "Asia/Vientiane": "老挝",
    "Asia/Phnom_Penh": "柬埔寨",
    "Asia/Yangon": "缅甸 仰光",
    "Asia/Bangkok": "泰国 曼谷",
    "Asia/Manila": "菲律宾 马尼拉",
    "Asia/Tokyo": "日本 东京 大阪 名古屋 横滨",
    "Asia/Seoul": "韩国 首尔",
    "Asia/Pyongyang": "朝鲜",
    "Asia/Ulaanbaatar Asia/Hovd": "蒙古国 外蒙",
    "Europe/Moscow": "莫斯科",
    # From Kaliningrad to Kamchatka there is no hour that suits all; work is between Moscow and Vladivostok.
    "Europe/Moscow Asia/Vladivostok": "俄罗斯",
    "America/New_York America/Los_Angeles": "美国",
    "America/Toronto America/Vancouver": "加拿大",
    "America/Cancun America/Tijuana": "墨西哥",
    "America/Sao_Paulo America/Manaus": "巴西",
    "America/Argentina/Buenos_Aires": "阿根廷",
    "America/Lima": "秘鲁",
    "America/Santiago": "智利",
    "Europe/London": "英国",
    "Europe/Paris": "法国",
    "Europe/Berlin": "德国",
    "Europe/Rome": "意大利",
    "Europe/Madrid": "西班牙",
    "Europe/Lisbon": "葡萄牙",
    "Europe/Amsterdam": "荷兰",
    "Europe/Zurich": "瑞士",
    "Europe/Stockholm": "瑞典",
    "Europe/Oslo": "挪威",
    "Europe/Warsaw": "波兰",
    "Europe/Budapest": "匈牙利",
    "Europe/Belgrade": "塞尔维亚",
    "Europe/Athens": "希腊",
    "Europe/Istanbul": "土耳其",
    "Africa/Cairo": "埃及",
    "Africa/Tripoli": "利比亚",
    "Africa/Algiers": "阿尔及利亚",
    "Africa/Luanda": "安哥拉",
    "Africa/Kinshasa Africa/Lubumbashi": "刚果",
    "Africa/Nairobi": "肯尼亚",
    "Africa/Addis_Ababa": "埃塞俄比亚",
    "Africa/Lagos": "尼日利亚",
    "Africa/Dar_es_Salaam": "坦桑尼亚",
    "Africa/Lusaka": "赞比亚",
    "Africa/Accra": "加纳",
    "Africa/Johannesburg": "南非",
    "Africa/Khartoum": "苏丹",
    "Asia/Riyadh": "沙特",
    "Asia/Dubai": "阿联酋 迪拜",
    "Asia/Qatar": "卡塔尔",
    "Asia/Kuwait": "科威特",
    "Asia/Baghdad": "伊拉克",
    "Asia/Tehran": "伊朗",
    "Asia/Jerusalem": "以色列",
    "Asia/Karachi": "巴基斯坦",
    "Asia/Dhaka": "孟加拉",
    "Asia/Colombo": "斯里兰卡",
    "Asia/Kathmandu": "尼泊尔",
    "Asia/Almaty": "哈萨克斯坦",
    "Asia/Tashkent": "乌兹别克斯坦",
    "Australia/Sydney Australia/Perth": "澳大利亚 澳洲",
    "Pacific/Auckland": "新西兰",
    "Pacific/Port_Moresby": "巴布亚新几内亚",
    "Africa/Dakar Africa/Nairobi": "非洲",
    "Europe/London Europe/Moscow": "欧洲",
    "America/Sao_Paulo America/Los_Angeles": "美洲",
}


def clocks_of(address: str) -> tuple[str, ...]:
    """The zones of the country that the words name; none where they name none that is known."""
    named = next((name for name in _longest_first() if name in address), "")
    return _by_name().get(named, ())


@cache
def _longest_first() -> tuple[str, ...]:
    """印度尼西亚 before 印度."""
    return tuple(sorted(ABROAD, key=len, reverse=True))


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    return {name: tuple(zones.split()) for zones, names in _CLOCKS.items() for name in words(names)}
