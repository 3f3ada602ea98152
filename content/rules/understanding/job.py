"""换工作: a new employer or another trade. A change of the file, so only told news counts."""

from __future__ import annotations

import re

from content.act import Act
from content.rules.understanding.clauses import Clause
from content.rules.understanding.placing import place_fields
from content.rules.understanding.trades import TRADES, trade_in

LONGEST = 40  # characters of an employer that we do not know as one

_CODE_WORD = re.compile(
    r"^(?:gz|工作|单位|新工作|新单位)(?:改为|改成|换成|换到|变更为|是|为|在|到|[: ])+(?=.)"
)
_CHANGED = re.compile(
    r"换了?(?:一?个|份|家)?(?:新)?(?:工作(?!服|证|餐|时间|群|人员)|厂(?!长|牌|服)|工厂|单位|公司|岗位|"
    r"活(?!动)|工种|工地|行当|行业|店)|"
    r"换了?(?:一?[个份家])[^,]{1,8}?(?:厂(?!长|牌|服)|公司|店|工地|单位)|"
    r"(?:工作|单位|厂|岗位|公司)(?:已经?|又|都)?(?:换|变)(?:了|到|成)|不在[^,]{1,8}(?:干|做|上班|"
    r"工作)了|跳槽|改行|转行|入职|新(?:厂|单位|公司|工作)|"
    r"(?:辞职|辞工|离职|下岗|失业|被裁员?|被辞退|被开除)(?:了|$)|(?:进|去|到)了?[^,]{2,12}(?:厂|公司|"
    r"集团|工地)(?:上班|工作|干活|做工)?了$|"
    r"(?:改|现在|目前|开始)(?:在[^,]{2,12})?(?:做|干|当|跑|送|开)(?:起)?(?:了)?(?P<trade>[^,]{2,8})"
)
_EMPLOYER = re.compile(
    r"(?:入职|跳槽到|换到|换成|换了?(?:一?[家个份])|换去|换在|进了?一?家|进|去|到|在(?!在)|是|叫|为|gz|[: ])"
    r"了?(?:一家|一个)?"
    r"(?P<name>[\u4e00-\u9fffa-z0-9]{0,20}?(?:快递站|快递点|加油站|收费站|养老院|幼儿园|餐厅|食堂|饭馆|面馆)|"
    r"[\u4e00-\u9fffa-z0-9]{2,20}?(?:厂|公司|集团|工地|店|酒店|饭店|超市|医院|学校|物业|科技|"
    r"电子|股份|项目部|富士康|比亚迪|立讯|和硕|"
    r"广达|华为|美团|顺丰|京东|菜鸟|中建|中铁))(?=上班|工作|干|做|当|了|$|[ ,])"
)
_KNOWN = re.compile(
    r"富士康|比亚迪|立讯精密|立讯|和硕|广达|华为|美团|顺丰|京东|宁德时代|海尔|格力|美的|三一|"
    r"中建[一二三四五六七八]局|中铁[一二三四五六七八九十]+局"
)
_STARTED = re.compile(
    r"^(?:我|人|今天|昨天|现在|已经|刚|开始|就|去|来)*在[^,]{2,12}(?:上班|工作|干活|做工)了$"
)
_DOES = re.compile(r"^(?:我|人|现在|目前|就|是)*(?:在[^,]{2,12})?[做当干跑送开]")
_ENTERED = re.compile(r"^(?:我|就|刚|又)*进了(?:一?家)?[^,]{2,12}$")
_OVER_TO = re.compile(rf"换[到去][^,]{{0,10}}[做当干开跑送]了?(?:{'|'.join(TRADES)})")
_ASKS_ABOUT = re.compile(r"^gz .{0,4}(?:什么|啥|怎么|咋|哪)")
_ITS_PLACE = re.compile(r"^.{2,8}(?:这边|那边|本地|当地)的")
_NOT_MINE = re.compile(
    r"换了?(?:一?个|新|位)*(?:老板|主任|领导|厂长|经理|班长|组长|设备|机器|工衣)|(?:公司|厂)里?(?:要|"
    r"又|最近)*换(?!了$)"
)
_NOT_A_NAME = re.compile(
    r"^(?:新|那个|这个|另外|别的|一家|一个|其他|他们|原来|老|大|小|外地|家|私|国)*(?:厂|公司|工地|店|"
    r"单位|工厂|学校|医院|超市)$"
)


def change_job(clause: Clause) -> Act | None:
    if not clause.is_news or _NOT_MINE.search(clause.text) or _ASKS_ABOUT.match(clause.text):
        return None
    changed = _CHANGED.search(clause.text)
    moved_over = re.search(r"换到了?|换去", clause.text) and (
        _KNOWN.search(clause.text) or employer_in(clause.text) or _OVER_TO.search(clause.text)
    )
    started = _STARTED.match(clause.text) and employer_in(clause.text)
    trade_only = changed and changed["trade"] and not trade_in(changed["trade"])
    if not (_CODE_WORD.match(clause.text) or (changed and not trade_only) or moved_over or started):
        return None
    return _act(clause.text)


def works_now(clause: Clause) -> Act | None:
    """在工地做钢筋工, behind news of a new home: the work there is news as well."""
    does = _DOES.match(clause.text) and trade_in(clause.text)
    if not clause.is_news or not (does or (_ENTERED.match(clause.text) and employer_in(clause.text))):
        return None
    return _act(clause.text)


def _act(text: str) -> Act:
    employer = employer_in(text)
    job = trade_in(text.replace(employer, "", 1)) if employer else trade_in(text)
    if _CODE_WORD.match(text) and not (employer or job or _CHANGED.search(text)):
        employer = _CODE_WORD.sub("", text)[:LONGEST]
    return Act(intent="change_job", employer=employer, job=job, **place_fields(text))


def is_about_work(text: str) -> bool:
    return bool(_KNOWN.search(text) or employer_in(text) or trade_in(text))


def employer_in(text: str) -> str:
    """The employer named, or nothing: 那个厂 is no name."""
    named = _EMPLOYER.search(text)
    if named and not _NOT_A_NAME.match(named["name"]):
        return _ITS_PLACE.sub("", named["name"])
    known = _KNOWN.search(text)
    return known[0] if known else ""
