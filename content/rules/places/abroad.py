"""A place outside China: kept in the words that were written, and all of them under one code of our own."""

from __future__ import annotations

import re
import unicodedata

from content.rules.places.finding import find_place, was_left
from content.rules.places.mentions import mentions
from content.rules.places.ways import Trust

# Stands where GB/T 2260 has no code, so that whoever is abroad is counted and not taken for lost.
ABROAD = "abroad"
LONGEST = 30  # characters; what runs on further tells something else

# 日本料理 is a meal and 加拿大花园 an estate; neither is far away.
_NOT_ABROAD = re.compile(
    r"料理|烧烤|烤肉|菜|餐|街|城|小区|花园|小镇|风情|馆|店|公司|企业|厂|客户|老板|人|货|车"
)
_ENDS = re.compile(r"[,。;!?\n]|(?:了|啦|上班|工作|打工|务工|做工|干活|这边|那边)+$|了")


def abroad_in(text: str) -> str:
    """新加坡裕廊东 of 我到新加坡裕廊东了; nothing where it was left, or a place in China is named."""
    plain = unicodedata.normalize("NFKC", text)
    named = next((m for m in mentions(plain) if m.trust is Trust.ABROAD), None)
    if named is None or _NOT_ABROAD.match(plain, named.end):
        return ""
    if was_left(plain, named.start) or find_place(plain):
        return ""
    return _ENDS.split(plain[named.start :], maxsplit=1)[0][:LONGEST].strip()
