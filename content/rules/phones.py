"""Telephone numbers as people and spreadsheets write them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberFormat, PhoneNumberType

HOME = "CN"
_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def as_e164(written: str) -> str | None:
    """The number as +8613900139001, or None where no valid number is written.

    Full-width digits, spaces and dashes do no harm, nor does the `.0` that a spreadsheet
    puts behind a number kept as a number.
    """
    if _mobile_e164(written):
        return written
    plain = re.sub(r"\.0+$", "", unicodedata.normalize("NFKC", written).strip())
    at_home = plain.removeprefix("+86")
    if _mobile_at_home().fullmatch(at_home):
        return f"+86{at_home}"
    try:
        number = phonenumbers.parse(plain, HOME)
    except NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def takes_sms(e164: str) -> bool:
    """Whether a text message can reach it: a landline is a way to call, not a way to write."""
    if _mobile_e164(e164):
        return True
    return phonenumbers.number_type(phonenumbers.parse(e164)) in _MOBILE


@cache
def _mobile_at_home() -> re.Pattern[str]:
    """Nine numbers in ten, by the library's own table: parsing each of a township's takes half a minute."""
    known = PhoneMetadata.metadata_for_region(HOME)
    pattern = known.mobile.national_number_pattern if known and known.mobile else None
    return re.compile(pattern or "(?!)")


def _mobile_e164(written: str) -> bool:
    """As we keep them: a campaign asks twenty thousand times a second."""
    return written.startswith("+86") and _mobile_at_home().fullmatch(written, 3) is not None


def as_written(e164: str) -> str:
    """The number as people at home write it: 139 0013 9001."""
    number = phonenumbers.parse(e164)
    at_home = number.country_code == 86
    form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def masked(e164: str) -> str:
    """Enough for its owner to know it again, too little for anybody else: 139****9001."""
    digits = as_written(e164).replace(" ", "")
    return f"{digits[:3]}****{digits[-4:]}"
