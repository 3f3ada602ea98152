"""The SMS companies that send approved templates alone: whether they know us, and what they cannot say."""

from __future__ import annotations

from bot.doctor.finding import Finding, Patient
from bot.doors_of_templates import aliyun_of, templates_of, tencent_of
from bot.settings import SettingsWrong
from content.lessons.library import all_lessons
from content.rules.receipts import meaning_of
from content.words.catalogue import Tongue

_MOST_NAMED = 5


async def sms_by_templates(patient: Patient) -> list[Finding]:
    """It is asked about a message to nobody: that costs nothing, and shows whether it would send one."""
    t, settings = patient.t, patient.settings
    try:
        gateway = aliyun_of(settings) if settings.sms_gateway == "aliyun" else tencent_of(settings)
    except SettingsWrong as wrong:
        todo = t.say("照上面说的改好短信模板文件，再运行一遍。")
        return [Finding("sms_templates", "wrong", _in_one_language(wrong, t), todo)]
    try:
        reason = await gateway.what_is_wrong()
    finally:
        await gateway.close()
    return [_of_the_company(t, reason), _of_the_lessons(patient)]


def _of_the_company(t: Tongue, reason: str) -> Finding:
    if not reason:
        return Finding("sms", "ok", t.say("短信平台有应答，认得我们的账号。"))
    meaning = meaning_of(reason)
    why = meaning.in_english if t.code == "en" else meaning.says
    told = t.say("短信平台用不了：{why}（{reason}）。", why=why, reason=reason)
    if meaning.then in ("later", "unclear"):
        return Finding("sms", "wrong", told, t.say("检查网络和那边的服务器，再运行一遍。"))
    todo = t.say("照 docs/gateways 里这家平台的说明核对账号、密钥和权限，再运行一遍。")
    return Finding("sms", "wrong", told, todo)


def _of_the_lessons(patient: Patient) -> Finding:
    t, lessons = patient.t, all_lessons()
    without = templates_of(patient.settings).lessons_without(lessons)
    if not without:
        return Finding("sms_templates", "ok", t.say("每一课都有短信模板。"))
    which = ", ".join(without[:_MOST_NAMED]) + ("…" if len(without) > _MOST_NAMED else "")
    told = t.say("{n} 课没有短信模板，发不了短信：{which}", n=len(without), which=which)
    return Finding(
        "sms_templates", "warn", told, t.say("要发短信的课，先向平台申请模板，再写进短信模板文件。")
    )


def _in_one_language(wrong: SettingsWrong, t: Tongue) -> str:
    """It says all in Chinese, then all in English."""
    lines = str(wrong).split("\n")
    half = len(lines) // 2
    return "\n".join(lines[half:] if t.code == "en" else lines[:half])
