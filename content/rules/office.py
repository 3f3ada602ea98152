"""What liaisons and secretaries type: 失联 90天, 找 张三, 记 张三 打过电话, /silent@bot 上海."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from content.act import Act
from content.rules.dates import number
from content.rules.places import Place, Several, find_place

_NAME = r"(?P<name>[\u4e00-\u9fff·]{2,8}?)"
_SLASH = re.compile(r"^/(?P<word>[a-z_]+)(?:@\w+)?(?:\s+(?P<rest>.+))?$", re.S)
_SAID: Mapping[str, re.Pattern[str]] = {
    "silent": re.compile(
        r"^(?:查|看)?(?:一下|下|看)?(?:谁|哪些人?|有谁|有哪些人?)?(?:失联|联系不上|(?:党员)?名单|花名册)(?:了|的|名单|的人|党员|"
        r"的党员)*(?:有谁|有哪些人?|是谁)?(?:\s*[::]?\s*(?P<rest>.*))?$",
        re.S,
    ),
    "send_lesson": re.compile(
        r"^(?:发(?:一?[节个堂])?(?:短信|微)?(?:党)?课|短信党课|群发党课)(?:\s*[::,]?\s*(?P<rest>.*))?$",
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
    "menu": "menu",
    "help": "menu",
    "start": "menu",
}
_DAYS = re.compile(r"(?P<n>\d{1,4}|[一二三四五六七八九十百两半]{1,5})\s*(?P<unit>个?月|天|日|年)?")
_NO_WHOLE_DAYS = re.compile(r"[-−]\s*\d|\d\.\d|(?<!\d)0+\s*(?:天|日|个?月|年)?$")
_DAYS_IN = {"月": 30, "个月": 30, "年": 365}
_LONGEST = 3_650
_SOMEWHERE = re.compile(r"[\u4e00-\u9fff]{2,8}")
_NOT_SOMEWHERE = re.compile(r"[我他她你的了吗呢怎咋很不没家人]|原因|问题|情况|怎么|办|手机|电话")
_KINDS = {
    "call": re.compile(r"电话|打了|打过|通话|通过话|致电|视频"),
    "visit": re.compile(r"走访|上门|家访|看望|见面|见了|见过|当面|拜访|去了?家"),
    "message": re.compile(r"短信|微信|发(?:了|过)?(?:信息|消息)|留言|聊"),
}
# 昨天打过电话, at the front: how it was done. What stands behind it is what was talked about.
_HOW = re.compile(
    r"^(?:已经?|今天|昨天|前天|刚才?|上午|下午|晚上|我|给[他她]|和[他她]|跟[他她])*(?:打(?:了|过|通)*(?:个|一个)?电话|通(?:了|过)*(?:个|一个)?(?:电话|话)|致电|"
    r"电话|视频|(?:上门)?走访|上门|家访|看望|见(?:了|过)?面?|当面谈?|拜访|去了?家里?|(?:发(?:了|过)*)?(?:个|一条)?(?:短信|微信|信息|消息)|留言|聊"
    r"(?:了|过)*(?:天|一下)?)(?:联系|问候|谈话)?(?:了|过)*(?=$|[\s,。;:])"
)
_NOT_NAMES = re.compile(
    r"台账|名单|失联|党课|积分|党费|资料|工作|电话|原因|问题|天气|时间|不到|老板|老乡|对象|房子|律师|组织|书记|"
    r"领导|活干|[吗呢么??了]$"
)
# 找张三, 找 阿依古丽·买买提, 查 139: a name runs on in one piece, and is short where no space leads to it.
_NAME_LIKE = re.compile(r"[\u4e00-\u9fff]{1,4}|[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})+|\d{2,11}")
_PERSON = re.compile(r"^[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,6})?(?=$|\s|,|:|同志|\d)")
_CALLED = re.compile(
    rf"^{_NAME}(?:同志)?(?:\s*[,::]\s*|\s+|(?=打|通|电话|走访|上门|见|发|短信|微信|视频|家访|看望|已|"
    rf"昨天|今天)|$)"
)


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
        return _READ[intent](_after_command(plain)) if intent else None
    for intent, pattern in _SAID.items():
        said = pattern.match(plain.lower() if intent in ("menu", "figures") else plain)
        if said:
            told = said.groupdict()
            return _READ[intent]((told.get("rest") or told.get("rest_en") or "").strip())
    return None


def _after_command(plain: str) -> str:
    return plain.partition(" ")[2].strip()


def _silent(rest: str) -> Act | None:
    if not rest:
        return Act(intent="silent")
    if _NO_WHOLE_DAYS.search(rest):
        return Act(intent="silent", ambiguous="days")
    place = find_place(rest)
    if isinstance(place, Place):
        return Act(intent="silent", place=place.code, n=_days(rest))
    if isinstance(place, Several):
        codes = tuple(option.code for option in place.options)
        return Act(intent="silent", ambiguous="place", options=codes, n=_days(rest))
    days = _days(rest)
    if not days and (not _SOMEWHERE.fullmatch(rest) or _NOT_SOMEWHERE.search(rest)):
        return None
    return Act(intent="silent", n=days, text="" if days else rest)


def _days(rest: str) -> int:
    said = _DAYS.search(rest)
    if not said:
        return 0
    if said["n"] == "半":
        return 183 if said["unit"] == "年" else 15
    return min((number(said["n"]) or 0) * _DAYS_IN.get(said["unit"] or "", 1), _LONGEST)


def _send_lesson(rest: str) -> Act:
    return Act(intent="send_lesson", text=rest)


def _find(rest: str) -> Act | None:
    name = rest.removesuffix("同志").strip()
    if name and (_NOT_NAMES.search(name) or not _NAME_LIKE.fullmatch(name)):
        return None
    return Act(intent="find", text=name)


def _invite(rest: str) -> Act | None:
    name = re.sub(r"(?:同志)?(?:加入|入网|绑定|进来|来)?$", "", rest).strip()
    return Act(intent="invite", text=name) if not name or _PERSON.match(name) else None


def _note(rest: str) -> Act | None:
    """A note needs a name or none at all: 记得吃饭 is no record of contact."""
    called = _CALLED.match(rest)
    if not rest:
        return Act(intent="note")
    if not called or rest.startswith("得"):
        return None
    told = rest[called.end() :]
    kind = next((kind for kind, words in _KINDS.items() if words.search(told)), "")
    words = _HOW.sub("", told).strip(" ,。;")
    return Act(intent="note", text=called["name"], kind=kind, about={"words": words} if words else {})


def _lesson_reports(rest: str) -> Act:
    return Act(intent="lesson_reports")


def _ledger(rest: str) -> Act:
    return Act(intent="ledger", text=rest)


def _figures(rest: str) -> Act:
    return Act(intent="figures", text=rest)


def _six_clear(rest: str) -> Act:
    return Act(intent="six_clear")


def _who_is_outside(rest: str) -> Act:
    return Act(intent="invite")


def _menu(rest: str) -> Act:
    return Act(intent="menu")


_READ: Mapping[str | None, Callable[[str], Act | None]] = {
    "silent": _silent,
    "send_lesson": _send_lesson,
    "find": _find,
    "invite": _invite,
    "note": _note,
    "lesson_reports": _lesson_reports,
    "ledger": _ledger,
    "figures": _figures,
    "six_clear": _six_clear,
    "who_is_outside": _who_is_outside,
    "menu": _menu,
}
