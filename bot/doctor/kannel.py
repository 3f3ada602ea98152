"""A Kannel of one's own: whether it is one, knows us, and has its operator's line."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from bot.channels.gateways.kannel import sendsms_at
from bot.channels.looking import Seen, look_at
from bot.doctor.clocks import clocks
from bot.doctor.finding import Finding, Patient, State
from bot.settings import Settings

# Where Kannel shows how it is, unless its `admin-port` is another one. It wants no password there.
_STATUS_PAGE = ":13000/status.xml"
_LINE = re.compile(r"<smsc>.*?<id>([^<]*)</id>.*?<status>([^<]*)</status>.*?</smsc>", re.DOTALL)
_STATUS = re.compile(r"</version>\s*<status>([^<]*)</status>")
# Of what another program may say there.
_LONGEST_WORD = 40


class Line(NamedTuple):
    """To an operator, or of a modem, as Kannel's own status has it."""

    name: str
    status: str


async def sms_by_kannel(patient: Patient) -> list[Finding]:
    """Kannel looks at name and password first, and without a number it sends nothing to anybody."""
    t, settings = patient.t, patient.settings
    login = {"username": settings.kannel_username, "password": settings.kannel_password.get_secret_value()}
    seen = await look_at(f"{sendsms_at(settings.kannel_url)}?{urlencode(login)}")
    if seen is None:
        told = t.say("连不上短信网关。")
        todo = t.say("看 Kannel 的 smsbox 在不在运行，核对 LIANDONG_KANNEL_URL。")
        return [Finding("sms", "wrong", told, todo)]
    if seen.status in (401, 403):
        told = t.say("短信网关不认这个用户名或密码。")
        todo = t.say(
            "把 LIANDONG_KANNEL_USERNAME、LIANDONG_KANNEL_PASSWORD 改成和 Kannel 的 sendsms-user 一样。"
        )
        return [Finding("sms", "wrong", told, todo)]
    if seen.status == 404:
        told = t.say("短信网关没有这个网址（HTTP 404）。")
        todo = t.say("核对 LIANDONG_KANNEL_URL，一般以 /cgi-bin/sendsms 结尾。")
        return [Finding("sms", "wrong", told, todo)]
    if not _is_sendsms(seen):
        told = t.say("LIANDONG_KANNEL_URL 那边答话的不是 Kannel（HTTP {status}）。", status=seen.status)
        todo = t.say("改成 Kannel 的 smsbox 的网址，一般是 13013 端口、以 /cgi-bin/sendsms 结尾。")
        return [Finding("sms", "wrong", told, todo)]
    found = Finding("sms", "ok", t.say("短信网关有应答，认得用户名和密码。"))
    return [found, *clocks(patient, "sms_clock", seen), await _lines(patient)]


def _is_sendsms(seen: Seen) -> bool:
    """It misses the number that we left out; in front of it there may be a proxy that hides its name."""
    return seen.status < 500 and (seen.server.startswith("Kannel") or "receiver" in seen.text.lower())


async def _lines(patient: Patient) -> Finding:
    """What Kannel takes it keeps for days behind a line that is down, and nobody sees an error."""
    t, settings = patient.t, patient.settings
    seen = await look_at(_status_page(settings))
    if seen is None:
        told = t.say("看不到 Kannel 的状态页，不知道运营商的线路通不通。")
        todo = t.say("把 LIANDONG_KANNEL_STATUS_URL 改成它的网址，如 http://127.0.0.1:13000/status.xml。")
        return Finding("sms_line", "wrong" if settings.kannel_status_url else "warn", told, todo)
    status = _STATUS.search(seen.text)
    if status is None or "Kannel bearerbox" not in seen.text:
        told = t.say("LIANDONG_KANNEL_STATUS_URL 那边答话的不是 Kannel 的状态页。")
        todo = t.say(
            "改成 bearerbox 的网址，一般是 13000 端口、/status.xml 结尾；设了 status-password 就加 ?password="
        )
        return Finding("sms_line", "wrong", told, todo)
    if not status[1].startswith("running"):
        told = t.say("Kannel 没有在干活（{status}）。", status=status[1][:_LONGEST_WORD])
        return Finding("sms_line", "wrong", told, t.say("重启 Kannel：systemctl restart kannel，再看一遍。"))
    return _of_lines(patient, [Line(*found) for found in _LINE.findall(seen.text)])


def _status_page(settings: Settings) -> str:
    if settings.kannel_status_url:
        return settings.kannel_status_url
    host = urlsplit(settings.kannel_url).hostname or ""
    return f"http://{f'[{host}]' if ':' in host else host}{_STATUS_PAGE}"


def _of_lines(patient: Patient, lines: list[Line]) -> Finding:
    t = patient.t
    if not lines:
        todo = t.say("照 docs/gateways/kannel.md 在 kannel.conf 里写上专线或短信猫那一段，再重启 Kannel。")
        return Finding("sms_line", "wrong", t.say("Kannel 后面一条线路也没有接。"), todo)
    down = [line for line in lines if not line.status.startswith("online")]
    if not down:
        names = t.say("、").join(line.name[:_LONGEST_WORD] for line in lines)
        return Finding("sms_line", "ok", t.say("Kannel 后面的线路通着：{names}。", names=names))
    names = t.say("、").join(f"{line.name} {line.status}"[:_LONGEST_WORD] for line in down)
    todo = t.say(
        "看 /var/log/kannel/bearerbox.log：专线核对地址、账号，问运营商；短信猫看线插好没有、卡有没有停。"
    )
    state: State = "wrong" if len(down) == len(lines) else "warn"
    return Finding("sms_line", state, t.say("Kannel 后面的线路没有通：{names}。", names=names), todo)
