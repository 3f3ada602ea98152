"""What liaisons and secretaries type: 失联 90天, 找 张三, 记 张三 打过电话, /silent@bot 上海."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from content.act import Act
from content.rules.office_campaign import PLEASE, understand_campaign
from content.rules.office_people import find, invite, note
from content.rules.office_running import RUNNING
from content.rules.office_silent import silent

_SLASH = re.compile(r"^/(?P<word>[a-z_]+)(?:@\w+)?(?:\s+(?P<rest>.+))?$", re.S)
_SAID: Mapping[str, re.Pattern[str]] = {
    **RUNNING,
    "silent": re.compile(
        r"^(?:查|看)?(?:一下|下|看)?(?:谁|哪些人?|有谁|有哪些人?)?(?:失联|联系不上|(?:党员)?名单|花名册)(?:了|的|名单|的人|党员|"
        r"的党员)*(?:有谁|有哪些人?|是谁)?(?:\s*[::]?\s*(?P<rest>.*))?$",
        re.S,
    ),
    "send_lesson": re.compile(
        rf"^{PLEASE}(?:发(?:一?[节个堂])?(?:短信|微)?(?:党)?课|短信党课|群发党课)(?:\s*[::,]?\s*(?P<rest>.*))?$",
        re.S,
    ),
    "lesson_reports": re.compile(
        r"^(?:看|查)?(?:一下)?(?:课程?|党课)?回执$|^谁(?:还)?没(?:有)?(?:学|答)(?:完|题)?了?$"
    ),
    "six_clear": re.compile(r"^(?:看|查)?(?:一下)?六清(?:情况|台账|名单|缺(?:什么|谁|哪些)?|不清的?)?$"),
    "figures": re.compile(
        r"^(?:看|查|要)?(?:一下|下)?(?:外出|流动|党员|数据)*(?:统计|数字|人数统计|统计数|统计图|统计表)(?:数据|情况|图)?"
        r"(?:\s*[::]?\s+(?P<rest>.+))?$|^(?:figures|statistics)(?:\s+(?P<rest_en>.+))?$",
        re.S,
    ),
    "tasks": re.compile(
        r"^(?:看|查)?(?:一下)?(?:我的|有什么|有哪些|还有什么|还有哪些)?(?:待办|任务)(?:事项|清单|列表|单)?(?:吗)?$|^tasks$"
    ),
    "note": re.compile(r"^(?:记(?:一?下|录)?|联系记录|登记联系|谈话记录)\s*[::]?\s*(?P<rest>.*)$", re.S),
    "find": re.compile(
        r"^(?:找(?:一?下|人)?|查(?:一?下|找|人)?|搜(?:索|一下)?)\s*[::]?\s*(?P<rest>.*)$", re.S
    ),
    "invite": re.compile(r"^(?:邀请|邀|请\s*(?=\S+\s*(?:加入|入网|绑定)))\s*[::]?\s*(?P<rest>.*)$", re.S),
    "ledger": re.compile(
        r"^(?:我?要|看|查|发|导出?|下载|打印)?(?:一下|一份|我的?)?(?:流动党员)?(?:管理)?台账(?:表|册)?"
        r"(?:(?:\s+|\s*:\s*)(?P<rest>\S.*))?$",
        re.S,
    ),
    "who_is_outside": re.compile(
        r"^(?:谁|哪些人)(?:还)?没(?:有)?(?:加入|入网|绑定)(?:呢|的)?$|^未加入(?:名单|的人)?$"
    ),
    "menu": re.compile(r"^(?:帮助|菜单|功能|主菜单|目录|怎么用|\?|help|menu)$"),
}
_ENGLISH_TOO = ("menu", "figures", "tasks", *RUNNING)
_COMMANDS = {
    "silent": "silent",
    "lesson": "send_lesson",
    "send_lesson": "send_lesson",
    "lessons": "lesson_reports",
    "figures": "figures",
    "sixclear": "six_clear",
    "find": "find",
    "note": "note",
    "invite": "invite",
    "ledger": "ledger",
    "tasks": "tasks",
    "menu": "menu",
    "help": "menu",
    "start": "menu",
}


def understand_office(text: str) -> Act | None:
    """The act of a liaison's or secretary's words, None where they are no command of the office.

    `silent` bears `n` in days or a `place`, and in `text` a place that we do not know; `find`,
    `invite` and `note` the name in `text`, `ledger` and `figures` that of a unit; `note` also the `kind`
    of contact, call, visit or message, and in `about` the `words` that were said of it; `send_lesson`
    what follows in `text`.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    slash = _SLASH.match(plain.lower())
    if plain.startswith("/"):
        intent = _COMMANDS.get(slash["word"]) if slash else None
        return _READ[intent](_after_command(plain)) if intent else understand_campaign(text)
    for intent, pattern in _SAID.items():
        said = pattern.match(plain.lower() if intent in _ENGLISH_TOO else plain)
        if said:
            told = said.groupdict()
            return _READ[intent]((told.get("rest") or told.get("rest_en") or "").strip())
    return understand_campaign(text)


def _after_command(plain: str) -> str:
    return plain.partition(" ")[2].strip()


def _alone(intent: str) -> Callable[[str], Act]:
    return lambda _rest: Act(intent=intent)


def _about(intent: str) -> Callable[[str], Act]:
    """What follows is a name or a title, looked for where such are kept."""
    return lambda rest: Act(intent=intent, text=rest)


_READ: Mapping[str | None, Callable[[str], Act | None]] = {
    "silent": silent,
    "send_lesson": _about("send_lesson"),
    "find": find,
    "invite": invite,
    "note": note,
    "lesson_reports": _alone("lesson_reports"),
    **{intent: _alone(intent) for intent in RUNNING},
    "send_again": _about("send_again"),
    "ledger": _about("ledger"),
    "figures": _about("figures"),
    "six_clear": _alone("six_clear"),
    "tasks": _alone("tasks"),
    "who_is_outside": _alone("invite"),
    "menu": _alone("menu"),
}
