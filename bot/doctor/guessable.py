"""Words that nobody may guess, and that were copied from the page as they stand there."""

from __future__ import annotations

from bot.doctor.finding import Finding, Patient

# As docs/ write it wherever a word of one's own belongs: whoever reads them knows it.
_OF_THE_PAGE = "openssl-rand-hex-24"
_NAMES = ("sms_path_secret", "telegram_secret", "metrics_secret")


async def secrets(patient: Patient) -> list[Finding]:
    t, settings = patient.t, patient.settings
    copied = [name for name in _NAMES if getattr(settings, name).get_secret_value() == _OF_THE_PAGE]
    if not copied:
        return []
    told = t.say("{names} 还是说明里的例子，谁都猜得到，能冒充平台送消息进来。", names="、".join(copied))
    todo = t.say("各换一串新的：openssl rand -hex 24；平台那边填的网址也跟着改。")
    return [Finding("secrets", "wrong", told, todo)]
