"""Signs of life: 签到 in all its forms, and whoever says that nothing has changed."""

from __future__ import annotations

import re

from content.act import Act
from content.rules.understanding.clauses import Clause
from content.rules.understanding.replies import is_word_for

_CHECK_IN = re.compile(
    r"^(?:我|来|今天|今日|本月|这个?月|每日|日常|本人|[\u4e00-\u9fff]{2,4})?(?:已)?(?:签到|打卡|报平安|"
    r"报个?平安|qd)(?![机表簿册处本时群怎咋如])|报(?:个|一下)?平安|^qd\b|^qd(?=[\u4e00-\u9fff])"
)
_UNCHANGED = re.compile(
    r"(?:工作|单位|厂|地址|住址|住处|住的地方|号码?|手机号?|电话|家|岗位|情况|联系方式|gz|dz|sj)[^,]{0,3}(?:都|"
    r"还|也|暂时|目前|一直)*(?:没有?(?:换|变|搬|改|动)|不变|未变|没啥变化|无变化|没变化)|"
    r"(?:没有?|不)(?:再)?(?:搬家?(?=$|了)|换(?:工作|厂|号|单位|公司|地方|地址|住处))|没有?(?:搬(?:家|"
    r"走)?|换(?:工作|厂|号|单位|地方|手机号?)|什么变化|啥变化|变化|变动)|(?:地址|住址|工作|单位|号码?|"
    r"厂)(?:还|仍|都)*是(?:原来|以前|老|这个)|还(?:是)?(?:在)?老地方|还(?:是)?在(?:原来?|老|那|这|以前|"
    r"原单位|原厂|老地方)|还是(?:老样子|原来|那个|以前)|老样子|照旧|一切照常|"
    r"(?:还|仍|依然|一直)在[\u4e00-\u9fff]{2,}|(?:不变|没变)$"
)
_WELL = re.compile(
    r"(?:一切|都|我|身体|这边|工作|家里|全家)(?:都|也|还|很|挺)*(?:好|正常|顺利|平安|安好|不错|"
    r"稳定)(?:的|着|着呢|呢|了|$)|(?:挺|很|蛮)好的?$|平安(?:无事|到达|着)|安全到(?:达|家|了)|我很好|"
    r"我没事|"
    r"正常上班|在上班|上班(?:呢|中|了)$|在(?:厂|工地|岗|单位|公司|车间)(?:里|上)?(?:上班|干活|加班|忙|"
    r"呢|$)|(?:人)?在[\u4e00-\u9fff]{2,12}(?:上班|打工|务工|干活|做工|干着|做着|忙着)"
    r"|^(?:我|现在|还|就)*在[\u4e00-\u9fff]{2,12}(?:跑|送|做|当|干|开)[\u4e00-\u9fff]{1,6}$|外面(?:都|"
    r"一切|挺)"
)


def check_in(clause: Clause) -> Act | None:
    """The word itself, of the member; asked how it is done, it is none."""
    if clause.asked or clause.supposed:
        return None
    said = _CHECK_IN.search(clause.text) or is_word_for("check_in", clause.text)
    return (
        Act(intent="check_in")
        if said and not re.search(r"没(?:有)?签到|忘(?:了|记)?签到|没法签|不签到|签到不", clause.text)
        else None
    )


def sign_of_life(clause: Clause) -> Act | None:
    """What tells that the member is well or as before, where nothing else was meant."""
    if clause.other or clause.asked or clause.supposed:
        return None
    return Act(intent="check_in") if _UNCHANGED.search(clause.text) or _WELL.search(clause.text) else None
