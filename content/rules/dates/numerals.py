"""Chinese and Arabic numerals up to 9999: 28, 二十八, 廿八, 两, 二〇二六."""

from __future__ import annotations

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "幺": 1}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": "二十", "卅": "三十"}

NUMERAL = r"(?:\d{1,4}|[零〇一二三四五六七八九十百两俩廿卅]{1,6})"


def number(written: str) -> int | None:
    """Its value, or None where the characters make no number. Full width must be gone already."""
    if written.isascii() and written.isdigit():
        return int(written)
    plain = "".join(_TENS.get(c, c) for c in written)
    if not plain or not all(c in _DIGITS or c in _UNITS for c in plain):
        return None
    return _in_units(plain) if any(c in _UNITS for c in plain) else _digit_by_digit(plain)


def _digit_by_digit(plain: str) -> int:
    return int("".join(str(_DIGITS[c]) for c in plain))


def _in_units(plain: str) -> int:
    total, digit = 0, 0
    for character in plain:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
