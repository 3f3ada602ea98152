"""The tables of why a message did not arrive: each code of a company means something we can say."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from content.rules.receipts import meaning_of, word_for

TABLES = [path for path in files("content.rules.receipts").iterdir() if path.name.endswith(".csv")]
COMPANIES = sorted(path.name.removesuffix(".csv") for path in TABLES if path.name != "meanings.csv")


def rows(name: str) -> list[dict[str, str]]:
    (table,) = (path for path in TABLES if path.name == f"{name}.csv")
    return list(csv.DictReader(table.read_text("utf-8").splitlines()))


@pytest.mark.parametrize("company", COMPANIES)
def test_each_code_stands_once_and_has_a_word_of_ours(company: str) -> None:
    codes = [row["code"] for row in rows(company)]
    assert len(codes) == len(set(codes))
    assert not [row for row in rows(company) if meaning_of(row["word"]).word != row["word"]]


def test_each_word_stands_once_in_two_languages() -> None:
    words = [row["word"] for row in rows("meanings")]
    assert len(words) == len(set(words))
    assert not [row for row in rows("meanings") if not (row["says"] and row["in_english"] and row["then"])]


@pytest.mark.parametrize(
    ("company", "code", "then", "number_wrong"),
    [
        ("yunmas", "MK:0001", "suspend", True),
        ("yunmas", "MK:0024", "next", False),
        ("yunmas", "MK:7777", "next", False),
        ("yunmas", "DB:0141", "suspend", False),
        ("yunmas", "IllegalMac", "ours", False),
        ("yunmas", "never heard of", "unclear", False),
        ("twilio", "21610", "suspend", False),
        ("twilio", "30005", "suspend", True),
        ("twilio", "30006", "suspend", True),
        ("twilio", "30003", "next", False),
        ("twilio", "30007", "message", False),
        ("twilio", "20429", "later", False),
        ("twilio", "63038", "ours", False),
        ("twilio", "30033", "ours", False),
        ("twilio", "30038", "message", False),
        ("tencent", "LimitExceeded.AppGlobalDailyLimit", "ours", False),
        ("tencent", "LimitExceeded.AppCountryOrRegionDailyLimit", "ours", False),
        ("tencent", "LimitExceeded.GlobalSmsSendingRateLimit", "later", False),
        ("tencent", "UnsupportedOperation.GlobalTemplateToChineseMainlandPhone", "ours", False),
    ],
)
def test_what_follows_from_a_code(company: str, code: str, then: str, number_wrong: bool) -> None:
    meaning = meaning_of(word_for(company, code))
    assert (meaning.then, meaning.number_wrong) == (then, number_wrong)
