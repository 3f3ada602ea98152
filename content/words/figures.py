"""A unit's figures in words: the three places, the trades, how long. (S32)"""

from __future__ import annotations

from collections.abc import Mapping

from content.rules.figures import Length, PlaceClass
from content.rules.industries import Industry
from content.words.catalogue import N_

PLACES: Mapping[PlaceClass, str] = {
    "out_of_province": N_("省外"),
    "other_county": N_("省内外县（市区）"),
    "within_city": N_("市内"),
    "unknown": N_("去向不明"),
}
TRADES: Mapping[Industry, str] = {
    "building": N_("建筑装修"),
    "trade": N_("经商开店"),
    "catering": N_("餐饮住宿"),
    "services": N_("家政物业"),
    "factory": N_("工厂"),
    "transport": N_("运输快递"),
    "farming": N_("种养渔业"),
    "school_and_health": N_("教育医疗"),
    "computing": N_("网络电脑"),
    "other": N_("其他行业"),
    "unknown": N_("没登记"),
}
LENGTHS: Mapping[Length, str] = {
    "under_6_months": N_("不到半年"),
    "6_to_12_months": N_("半年到一年"),
    "1_to_3_years": N_("一年到三年"),
    "over_3_years": N_("三年以上"),
    "unknown": N_("没登记"),
}
