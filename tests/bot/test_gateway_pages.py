"""What docs/gateways tells whoever opens an account: its settings are ours, and good."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bot.doors import doors_of
from bot.settings import read_settings
from content.rules.receipts import meaning_of

PAGES = Path(__file__).resolve().parents[2] / "docs" / "gateways"


def page(company: str) -> str:
    return (PAGES / f"{company}.md").read_text("utf-8")


@pytest.mark.parametrize("company", ["yunmas", "twilio", "plain_http"])
async def test_the_settings_of_the_page_open_the_door(tmp_path: Path, company: str) -> None:
    (written,) = re.findall(r"^```text\n(sms_gateway.*?)^```", page(company), re.DOTALL | re.MULTILINE)
    if named := tomllib.loads(written).get("plain_http_file"):
        described = re.findall(r"^```toml\n(.*?)^```", page(company), re.DOTALL | re.MULTILINE)
        (tmp_path / "sms.toml").write_text(described[0], "utf-8")
        written = written.replace(named, str(tmp_path / "sms.toml"))
    (tmp_path / "liandong.toml").write_text(written, "utf-8")
    gateway = doors_of(read_settings({}, tmp_path)).gateway
    assert gateway and gateway.name == company
    await gateway.close()


@pytest.mark.parametrize("company", ["yunmas", "twilio", "plain_http"])
def test_both_addresses_it_names_are_ours_and_it_speaks_two_languages(company: str) -> None:
    told = page(company)
    addresses = set(re.findall(r"PUBLIC_URL(/\S+)", told))
    assert "/sms/SMS_PATH_SECRET/inbound" in addresses
    assert addresses <= {"/sms/SMS_PATH_SECRET/inbound", "/sms/SMS_PATH_SECRET/receipt"}
    chinese, english = told.split("\n---\n")
    for heading in ("怎样开户", "要填什么", "按条算多少钱", "做不到的"):
        assert f"## {heading}" in chinese
    for heading in ("An account.", "What to fill in.", "What it costs.", "What it cannot do."):
        assert f"**{heading}**" in english


def test_each_reason_the_page_names_is_in_the_table() -> None:
    chinese = page("plain_http").partition("### [receipt]")[0].partition("`codes` 值得")[2]
    words = re.findall(r"`([a-z_]+)`", chinese)
    assert len(words) > 5
    assert not [word for word in words if word != "codes" and meaning_of(word).word != word]
