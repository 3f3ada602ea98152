"""What the doctor says of an SMS company that sends what we write."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.doctor.doors import gateway
from bot.doctor.finding import Finding, Patient
from bot.doctor.guessable import secrets
from bot.doors import doors_of
from bot.settings import read_settings
from content.words.catalogue import tongue
from tests.bot.channels.peers import http, nobody, peer
from tests.bot.channels.plain_http_peer import companies_up
from tests.bot.channels.test_plain_http import example
from tests.bot.channels.twilio_peer import ACCOUNT, NUMBER, TOKEN, twilio_up

DOCS = Path(__file__).resolve().parents[2] / "docs"
OURS = {"LIANDONG_SMS_PATH_SECRET": "canary-path-secret", "LIANDONG_PUBLIC_URL": "https://bot.example.cn"}


async def seen(folder: Path, environ: dict[str, str]) -> Finding:
    settings = read_settings(OURS | environ, folder)
    (found,) = await gateway(Patient(settings, tongue("zh"), datetime.now(UTC)))
    doors = doors_of(settings)
    assert doors.gateway and doors.gateway.name == settings.sms_gateway
    await doors.gateway.close()
    assert not [secret for secret in settings.secret_values() if secret in f"{found}"]
    return found


def twilio(url: str, token: str = TOKEN) -> dict[str, str]:
    return {
        "LIANDONG_SMS_GATEWAY": "twilio",
        "LIANDONG_TWILIO_ACCOUNT": ACCOUNT,
        "LIANDONG_TWILIO_AUTH_TOKEN": token,
        "LIANDONG_TWILIO_FROM": NUMBER,
        "LIANDONG_TWILIO_API": url,
    }


def yunmas(url: str) -> dict[str, str]:
    return {
        "LIANDONG_SMS_GATEWAY": "yunmas",
        "LIANDONG_YUNMAS_URL": url,
        "LIANDONG_YUNMAS_COMPANY": "云溪镇党委",
        "LIANDONG_YUNMAS_ACCOUNT": "liandong",
        "LIANDONG_YUNMAS_PASSWORD": "canary-of-mas",
        "LIANDONG_YUNMAS_SIGN": "DWItALe3A",
    }


async def test_twilio_is_asked_about_our_account(tmp_path: Path) -> None:
    async with twilio_up() as company:
        assert (await seen(tmp_path, twilio(company.url))).state == "ok"
        found = await seen(tmp_path, twilio(company.url, "forgotten"))
        assert (found.state, found.told) == ("wrong", "短信平台用不了：平台账号不对（gateway_login:20003）。")
        assert company.messages == []
    assert "连不上（not_connected）" in (await seen(tmp_path, twilio(nobody()))).told


async def test_of_the_others_it_is_seen_whether_somebody_answers(tmp_path: Path) -> None:
    async with peer(http("404 Not Found", "")) as other:
        assert (await seen(tmp_path, yunmas(other.url))).state == "ok"
    assert (await seen(tmp_path, yunmas(nobody()))).told == "连不上短信平台。"
    described = {"LIANDONG_SMS_GATEWAY": "plain_http", "LIANDONG_PLAIN_HTTP_FILE": str(tmp_path / "sms.toml")}
    described |= {"LIANDONG_PLAIN_HTTP_ACCOUNT": "liandong", "LIANDONG_PLAIN_HTTP_SECRET": "canary-company"}
    async with companies_up() as both:
        (tmp_path / "sms.toml").write_text(example(1, both.url), "utf-8")
        assert (await seen(tmp_path, described)).state == "ok"
        assert both.taken == []


@pytest.mark.parametrize("gone", ["TWILIO_ACCOUNT", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"])
def test_what_twilio_needs_is_told(tmp_path: Path, gone: str) -> None:
    left = {name: value for name, value in (OURS | twilio("https://x.cn")).items() if not name.endswith(gone)}
    with pytest.raises(Exception, match=f"缺少 LIANDONG_{gone}（LIANDONG_SMS_GATEWAY=twilio 时必须有）"):
        read_settings(left, tmp_path)


@pytest.mark.parametrize("gone", ["URL", "COMPANY", "ACCOUNT", "PASSWORD", "SIGN"])
def test_what_yunmas_needs_is_told(tmp_path: Path, gone: str) -> None:
    left = {name: one for name, one in (OURS | yunmas("http://x.cn")).items() if name[-3:] != gone[-3:]}
    with pytest.raises(Exception, match=f"缺少 LIANDONG_YUNMAS_{gone}"):
        read_settings(left | {"LIANDONG_PUBLIC_URL": "https://bot.example.cn"}, tmp_path)


async def test_a_secret_that_was_copied_from_the_page_is_told(tmp_path: Path) -> None:
    copied = {
        "LIANDONG_SMS_PATH_SECRET": "openssl-rand-hex-24",
        "LIANDONG_METRICS_SECRET": "of-our-own-24-signs",
    }
    [found] = await secrets(Patient(read_settings(copied, tmp_path), tongue("zh"), datetime.now(UTC)))
    assert (found.state, found.told.partition(" ")[0]) == ("wrong", "sms_path_secret")
    assert "openssl rand -hex 24" in found.todo
    assert await secrets(Patient(read_settings(OURS, tmp_path), tongue("zh"), datetime.now(UTC))) == []


def test_every_page_shows_the_secret_that_the_doctor_knows() -> None:
    pages = [*DOCS.glob("gateways/*.md"), *DOCS.glob("operating/*.toml")]
    shown = {word for one in pages for word in re.findall(r'_secret = "([^"…]+)"', one.read_text("utf-8"))}
    assert {word for word in shown if "openssl" in word} == {"openssl-rand-hex-24"}
