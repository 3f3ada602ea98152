"""Whether our clock goes like that of the other side."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.channels.looking import Seen
from bot.doctor.finding import Finding, Patient

# A certificate or a signature fails by minutes, a greeting at midnight by less.
OFF, FAR_OFF = timedelta(seconds=30), timedelta(minutes=5)


def clocks(patient: Patient, check: str, seen: Seen) -> list[Finding]:
    t = patient.t
    if seen.clock is None:
        return []
    off = abs(seen.clock - datetime.now(UTC))
    if off <= OFF:
        return [Finding(check, "ok", t.say("钟和那边对得上。"))]
    told = t.say("钟和那边差了 {n} 秒。", n=int(off.total_seconds()))
    todo = t.say("请用 timedatectl 核对时间，打开网络校时，再启动程序。")
    return [Finding(check, "wrong" if off > FAR_OFF else "warn", told, todo)]
