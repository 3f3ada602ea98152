"""The notice that comes before consent: what is kept, why, who sees it. Its wording has a date."""

from __future__ import annotations

from content.words.catalogue import Tongue

# Change the date with the words: what somebody agreed to must be found again.
WORDING = "2026-11"


def notice(t: Tongue, overseas: bool) -> str:
    """The notice in full, for a chat. `overseas` adds what a chat service abroad means."""
    kept = t.say(
        "联动帮您和家乡的支部保持联系:报平安、收短信党课、遇到难处有人管。\n\n"
        "只保存您的姓名、支部、号码,以及您自己说的住处(到市、区县)和工作,加密存放;"
        "只有您的联系人和上级书记能看,谁看过您随时能查。不定位,不看您的手机。"
        "随时可以写“我的资料”查看,写“TD”停发消息。"
    )
    if not overseas:
        return kept
    return (
        kept
        + "\n\n"
        + t.say(
            "另外请知道:这个聊天软件的服务器在境外,在这里说的话会经过境外。"
            "不愿意就选“只用短信”,能办的事一样。"
        )
    )


def short_notice(t: Tongue) -> str:
    """For the first SMS to a number nobody has verified: it names no person and no organisation."""
    return t.say("老家的联系人想与您短信联系,报平安、帮难处。只存您自己说的。同意吗?")
