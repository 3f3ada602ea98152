"""The table of why a message did not arrive: whole, and with no word or code that leads nowhere."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from content.rules.receipts import meaning_of, word_for

TABLES = files("content.rules.receipts")
COMPANIES = sorted(
    entry.name.removesuffix(".csv")
    for entry in TABLES.iterdir()
    if entry.name.endswith(".csv") and entry.name != "meanings.csv"
)
THEN = {"suspend", "next", "later", "message", "ours", "nothing", "unclear"}


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((TABLES / f"{name}.csv").read_text("utf-8").splitlines()))


def test_each_word_says_what_it_is_in_two_languages_and_what_follows() -> None:
    meanings = rows("meanings")
    assert len({row["word"] for row in meanings}) == len(meanings)
    for row in meanings:
        assert row["says"] and row["in_english"].isascii() and row["in_english"], row
        assert row["then"] in THEN and row["number_wrong"] in ("", "yes"), row


@pytest.mark.parametrize("company", COMPANIES)
def test_each_code_has_a_word_of_ours_and_one_alone(company: str) -> None:
    codes = rows(company)
    assert len({row["code"] for row in codes}) == len(codes)
    for row in codes:
        assert meaning_of(row["word"]).word == row["word"], row


@pytest.mark.parametrize(
    ("company", "code", "word"),
    [
        ("aliyun", "MOBILE_NOT_ON_SERVICE", "not_in_service"),
        ("aliyun", "isv.SIGN_STATE_ILLEGAL", "signature_wrong"),
        ("aliyun", "MK:0001", "no_such_number"),
        ("tencent", "MK:0001", "no_such_number"),
        ("tencent", "DB:0141", "blacklisted"),
        ("tencent", "MK:0024", "phone_off"),
        ("tencent", "MI:0029", "not_in_service"),
        ("tencent", "MI:0036", "gateway_busy"),
        ("tencent", "AuthFailure.TokenFailure", "gateway_login"),
        ("tencent", "AuthFailure.SignatureExpire", "clock_wrong"),
        ("tencent", "ZZ:9999", "not_delivered"),
    ],
)
def test_what_a_company_or_an_operator_says_has_our_word(company: str, code: str, word: str) -> None:
    assert word_for(company, code, "not_delivered") == f"{word}:{code}"
    assert meaning_of(f"{word}:{code}").word == word
