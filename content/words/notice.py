"""The notice that comes before consent: what is kept, why, who sees it. Its wording has a date."""

from __future__ import annotations

from content.words.catalogue import Tongue

# Change the date with the words: what somebody agreed to must be found again.
WORDING = "2026-11"


def notice(t: Tongue, overseas: bool, sms: bool = True) -> str:
    """The notice in full, for a chat. `overseas` adds what a chat service abroad means.

    Only where `sms` is connected is it offered in its place.

    Source: Personal Information Protection Law of the PRC, articles 17 (what must be told) and
    39 (what goes abroad needs a consent of its own).
    """
    kept = t.say(
        "联动帮您和家乡的支部保持联系：报平安、收短信党课、遇到难处有人管。\n\n"
        "由您的支部保存：名册上的姓名、支部和号码，您自己说的住处、工作和难处，还有每次联系的时间。"
        "姓名、号码、住处、工作和您说的难处都加密，只有您的联系人和上级书记能看，谁看过您随时能查。不定位，不看您的手机。\n\n"
        "写“我的资料”可以查看，写“TD”停发消息，写“退出”随时退出。"
    )
    if not overseas:
        return kept
    abroad = t.say(
        "另外请知道：这个聊天软件的服务器在境外，在这里说的话会经过境外。不愿意就选“只用短信”，能办的事一样。"
    )
    if not sms:
        abroad = t.say(
            "另外请知道：这个聊天软件的服务器在境外，在这里说的话会经过境外。"
            "不愿意就选“不同意”，有事请直接找联系人。"
        )
    return f"{kept}\n\n{abroad}"


def short_notice(t: Tongue) -> str:
    """For the first SMS to a number nobody has verified: it names no person and no organisation."""
    return t.say("老家的联系人想用短信和您保持联系。资料加密，只给联系人和上级看。同意吗？")
