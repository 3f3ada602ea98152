"""Going out and coming home: 外出 and 返乡."""

from __future__ import annotations

import re
from datetime import date

from content.act import Act
from content.rules.dates import find_date
from content.rules.places import abroad_in
from content.rules.understanding.clauses import Clause
from content.rules.understanding.placing import Placed, place_fields

_WORK = (
    r"(?:打工|务工|上班|工作|进厂|干活|做工|做事|做活|谋生|找活|找工作|发展|做生意|开店|项目|工地|报到|"
    r"应聘|入职)"
)

_GO = re.compile(r"(?<![过不没下上进出回失])(?:去|赴|前往|奔)(?![年世掉除了过哪])|动身|出发|启程")
_OUT = re.compile(
    rf"外出{_WORK}|出门{_WORK}|出去{_WORK}|又出来{_WORK}|外出报备|报备外出|外出登记|(?:要|准备|打算|就要|"
    rf"马上)(?:外出|出门|出去)(?:了|$)"
)
_NOT_OUT = re.compile(
    r"去(?:医院|看病|超市|银行|买|吃|玩|接|送|学校|派出所|问|拿|取|办|参加|开会|上课|旅游|世|找|看|"
    r"了一?[趟次]|洗|做核酸|体检|领|公园)|每天|天天|"
    r"谁去|叫我去|让我去|以前去|去过|去年|想去|过去|下去|不去|没去|路上|不(?:再)?(?:出门|外出)|"
    r"出去(?:玩|逛|走走|吃)"
)
_BEHIND = re.compile(r"(?<=[,。;! ])(?:我|人)?(?:现在?|目前|这次)?(?:人)?(?:在|到了?|去)[^,。;!?]+")
_HOME = re.compile(
    r"(?:回|返)(?:了)?(?:家乡|老家|家(?!具)|村(?!委)|乡|娘家)|返乡|回到(?:老家|家乡|村里|家里)|(?:不|"
    r"没)(?:再)?出去(?:打工|务工|干)?了|(?:我|已经?|刚|人)(?:已经?|刚)?(?:到家|回来)(?:了|$)|"
    r"回来了$|回来(?:过年|定居|养老|种地|创业|发展)|留在(?:家|村)|回去过年|回乡"
)
_BACK = re.compile(r"回来$")
_NOT_HOME = re.compile(
    r"请假|一趟|下班|每天|天天|回家(?:路上|的路|吃|睡|休息|看看再)|想回|想家|没回|不回|回不(?:了|去|"
    r"来)|刚下夜班|"
    r"回(?:复|信|电)|放学|买票|抢票|票|"
    r"能不能回|回老家办|顺路|梦见|什么时候回"
)


def depart(clause: Clause, text: str, as_of: date) -> Act | None:
    """To another place in China, or out to work; a day in any clause of `text` counts."""
    if not clause.is_news or _HOME.search(clause.text) or re.search("[搬迁]", clause.text):
        return None
    if _OUT.search(clause.text) and not re.search("不(?:再|想)?(?:出门|出去|外出)", clause.text):
        told = _act("depart", clause.text, text, as_of)
        return told if told.place or told.ambiguous else told._replace(**_where_now(text))
    if not _GO.search(clause.text) or _NOT_OUT.search(clause.text):
        return None
    to_work = re.search(_WORK, clause.text)
    if to_work and abroad_in(clause.text):
        return _act("depart", clause.text, text, as_of)
    if place_fields(clause.text) or (to_work and find_date(text, as_of)):
        return _act("depart", clause.text, text, as_of)
    return None


def _where_now(text: str) -> Placed:
    """我又出来打工了,在无锡: the place stands behind."""
    behind = _BEHIND.search(text)
    return place_fields(behind[0]) if behind else {}


def come_home(clause: Clause, text: str, as_of: date) -> Act | None:
    home = _HOME.search(clause.text) or (_BACK.search(clause.text) and find_date(clause.text, as_of))
    if not clause.is_news or not home or _NOT_HOME.search(clause.text):
        return None
    return _act("return", clause.text, text, as_of)


def _act(intent: str, clause: str, text: str, as_of: date) -> Act:
    day = find_date(clause, as_of) or find_date(text, as_of)
    fields = place_fields(clause) if intent == "depart" else {}
    abroad = abroad_in(clause) if intent == "depart" else ""
    return Act(intent=intent, date=day.isoformat() if day else "", address=abroad, **fields)
