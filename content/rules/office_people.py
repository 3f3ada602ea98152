"""找 张三, 邀请 张三, 记 张三 打过电话: the person that an order of the office names, and what was done."""

from __future__ import annotations

import re

from content.act import Act

_NAME = r"(?P<name>[\u4e00-\u9fff·]{2,8}?)"
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
    r"领导|活干|[吗呢么?了]$"
)
# 找张三, 找 阿依古丽·买买提, 查 139: a name runs on in one piece, and is short where no space leads to it.
_NAME_LIKE = re.compile(r"[\u4e00-\u9fff]{1,4}|[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})+|\d{2,11}")
_PERSON = re.compile(r"^[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,6})?(?=$|\s|,|:|同志|\d)")
_CALLED = re.compile(
    rf"^{_NAME}(?:同志)?(?:\s*[,:]\s*|\s+|(?=打|通|电话|走访|上门|见|发|短信|微信|视频|家访|看望|已|"
    rf"昨天|今天)|$)"
)


def find(rest: str) -> Act | None:
    """A name, a part of one or of a number; None for 找工作 and other things that are no person."""
    name = rest.removesuffix("同志").strip()
    if name and (_NOT_NAMES.search(name) or not _NAME_LIKE.fullmatch(name)):
        return None
    return Act(intent="find", text=name)


def invite(rest: str) -> Act | None:
    """One person, or nobody in particular: then whoever has not joined is asked about."""
    name = re.sub(r"(?:同志)?(?:加入|入网|绑定|进来|来)?$", "", rest).strip()
    return Act(intent="invite", text=name) if not name or _PERSON.match(name) else None


def note(rest: str) -> Act | None:
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
