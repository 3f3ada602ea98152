"""The doors: Telegram, the SMS gateway, and our own port."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channels.looking import Seen, look_at
from bot.doctor.clocks import clocks
from bot.doctor.finding import Finding, Patient
from bot.doctor.free_text import sms_by_free_text
from bot.doctor.kannel import sms_by_kannel
from bot.doctor.templates import sms_by_templates
from bot.doors_of_free_text import FREE_TEXT
from content.words.alarm import WORDS, said_of

_MANY, _LATELY = 100, timedelta(hours=1)


async def telegram(patient: Patient) -> list[Finding]:
    t, settings = patient.t, patient.settings
    if not settings.telegram_token.get_secret_value():
        if settings.sms_gateway == "none":
            told = t.say("聊天和短信一条路也没接通。")
            todo = t.say("请设置 LIANDONG_TELEGRAM_TOKEN（聊天）或 LIANDONG_SMS_GATEWAY（短信）。")
            return [Finding("telegram", "wrong", told, todo)]
        return [Finding("telegram", "ok", t.say("没有接聊天，只用短信。"))]
    seen = await _ask(patient, "getMe")
    if seen is None:
        told = t.say("连不上聊天服务器。")
        todo = t.say("检查网络和 LIANDONG_TELEGRAM_API；要走代理，请设 HTTPS_PROXY。")
        return [Finding("telegram", "wrong", told, todo)]
    if seen.status in (401, 404):
        told = t.say("聊天服务器不认这个口令。")
        todo = t.say("向 @BotFather 要一个新的，写进 LIANDONG_TELEGRAM_TOKEN。")
        return [Finding("telegram", "wrong", told, todo)]
    if not seen.said.get("ok"):
        told = t.say("聊天服务器答得不对（HTTP {status}）。", status=seen.status)
        return [
            Finding("telegram", "wrong", told, t.say("核对 LIANDONG_TELEGRAM_API 的网址，过一会儿再试。"))
        ]
    name = (seen.said.get("result") or {}).get("username", "")
    found = [Finding("telegram", "ok", t.say("聊天接通了：@{name}。", name=name))]
    return [*found, *clocks(patient, "telegram_clock", seen), *await _webhook(patient)]


async def _webhook(patient: Patient) -> list[Finding]:
    """By which way messages come. The program sets the webhook, or takes it away, when it starts."""
    t, settings = patient.t, patient.settings
    seen = await _ask(patient, "getWebhookInfo")
    info: dict[str, Any] = (seen.said.get("result") or {}) if seen else {}
    if settings.telegram_mode == "polling":
        if info.get("url"):
            told = t.say("设的是轮询，可聊天服务器那边还挂着一个 webhook。")
            todo = t.say("启动程序时会自己撤掉；若别的程序在用这个口令，请先停下它。")
            return [Finding("webhook", "warn", told, todo)]
        return [Finding("webhook", "ok", t.say("用轮询收消息，没有挂 webhook。"))]
    if info.get("url") != settings.telegram_webhook:
        told = t.say("聊天服务器那边的 webhook 不是设置里的网址。")
        return [Finding("webhook", "warn", told, t.say("启动程序时会自己设好；启动后再看一遍。"))]
    failed = datetime.fromtimestamp(info.get("last_error_date") or 0, UTC)
    if patient.now - failed < _LATELY or info.get("pending_update_count", 0) > _MANY:
        told = t.say(
            "webhook 送不进来：积了 {n} 条，最近一次出错：{error}",
            n=info.get("pending_update_count", 0),
            error=str(info.get("last_error_message", "-"))[:200],
        )
        todo = t.say("检查域名、证书和反向代理，从外网打开 LIANDONG_TELEGRAM_WEBHOOK_URL 试试。")
        return [Finding("webhook", "wrong", told, todo)]
    return [Finding("webhook", "ok", t.say("webhook 通畅。"))]


async def gateway(patient: Patient) -> list[Finding]:
    t, settings = patient.t, patient.settings
    if settings.sms_gateway == "none":
        return [Finding("sms", "ok", t.say("没有接短信网关，只用聊天。"))]
    if settings.sms_gateway in ("aliyun", "tencent"):
        return await sms_by_templates(patient)
    if settings.sms_gateway in FREE_TEXT:
        return await sms_by_free_text(patient)
    return await sms_by_kannel(patient)


async def own_port(patient: Patient) -> list[Finding]:
    t, host, port = patient.t, patient.settings.http_host, patient.settings.http_port
    if _is_free(host, port):
        told = t.say("端口 {port} 空着，程序没有在运行。", port=port)
        return [Finding("port", "ok", told)]
    here = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - what an operator wrote
    seen = await look_at(f"http://{f'[{here}]' if ':' in here else here}:{port}/health", trust_env=False)
    if seen and "wrong" in seen.said:
        running = Finding("port", "ok", t.say("程序正在运行，端口 {port} 是它的。", port=port))
        return [running, *_what_it_reports(patient, seen)]
    told = t.say("端口 {port} 被别的程序占着，或开不了。", port=port)
    return [Finding("port", "wrong", told, t.say("换一个：LIANDONG_HTTP_PORT；或停下占着它的程序。"))]


def _what_it_reports(patient: Patient, seen: Seen) -> list[Finding]:
    """The trouble that the running program is in; of the database we see for ourselves."""
    alarms = (one for one in seen.said.get("alarms", ()) if one.get("part") != "database")
    ours = [one for one in alarms if one.get("what") in WORDS]
    return [
        Finding("in_trouble", "wrong", *said_of(patient.t, one["what"], str(one.get("code", ""))))
        for one in ours
    ]


async def _ask(patient: Patient, method: str) -> Seen | None:
    token = patient.settings.telegram_token.get_secret_value()
    return await look_at(f"{patient.settings.telegram_api}/bot{token}/{method}")


def _is_free(host: str, port: int) -> bool:
    try:
        socket.create_server((host, port)).close()
    except OSError:
        return False
    return True
