"""The SMS companies that send what we write: whether they answer, and know us where that can be asked."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from bot.channels.gateways.plain_http_reading import company_in
from bot.channels.looking import look_at
from bot.doctor.finding import Finding, Patient
from bot.doors_of_free_text import twilio_of
from bot.settings import Settings
from content.rules.receipts import meaning_of
from content.words.catalogue import Tongue


async def sms_by_free_text(patient: Patient) -> list[Finding]:
    if patient.settings.sms_gateway == "twilio":
        return [await _twilio(patient)]
    return [await _reached(patient)]


async def _twilio(patient: Patient) -> Finding:
    """It is asked about our account: that costs nothing."""
    gateway = twilio_of(patient.settings)
    try:
        reason = await gateway.what_is_wrong()
    finally:
        await gateway.close()
    t = patient.t
    if not reason:
        return Finding("sms", "ok", t.say("短信平台有应答，认得我们的账号。"))
    told = t.say("短信平台用不了：{why}（{reason}）。", why=_why(reason, t), reason=reason)
    todo = t.say("照 docs/gateways 里这家平台的说明核对账号、密钥和权限，再运行一遍。")
    return Finding("sms", "wrong", told, todo)


async def _reached(patient: Patient) -> Finding:
    """Nothing that these could be asked leaves all as it was: only whether somebody answers there."""
    t = patient.t
    if await look_at(_root_of(_address(patient.settings))):
        return Finding("sms", "ok", t.say("短信平台有应答；账号对不对，要真的发一条才知道。"))
    told = t.say("连不上短信平台。")
    todo = t.say("核对它的网址；平台只认固定地址的，请它放行这台机器；要走代理，请设 HTTPS_PROXY。")
    return Finding("sms", "wrong", told, todo)


def _address(settings: Settings) -> str:
    if settings.sms_gateway == "yunmas":
        return settings.yunmas_url
    return company_in(Path(settings.plain_http_file)).send.url


def _root_of(url: str) -> str:
    split = urlsplit(url)
    return f"{split.scheme}://{split.netloc}/"


def _why(reason: str, t: Tongue) -> str:
    meaning = meaning_of(reason)
    return meaning.in_english if t.code == "en" else meaning.says
