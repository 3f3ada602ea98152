"""A message cut into clauses, each with who it is about and how it is meant.

Most harm is done by the right words about the wrong person, or about what has not happened: so
every clause first says whether the detectors of changes may look at it at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 60

_CUT = re.compile(
    r"[,。;!?、\n…~!?]+| +(?=我|俺|书记|领导|组织|谢谢|请|现在|以后|另外|新号|新地址|有事)|另外|"
    r"(?<=了)(?=(?:现在(?!的)|目前|开始|换到|换了|在[^,。了]{2,8}(?:上班|工作|[做当干跑送])))|"
    r"还有就是|顺便|对了|(?<!时候)再就是"
)
_KIN = (
    "弟弟|哥哥|姐姐|妹妹|表哥|表弟|表姐|表妹|堂哥|堂弟|堂姐|堂妹|大哥|二哥|大姐|二姐|老婆|老公|媳妇|"
    "儿媳妇|儿媳|"
    "爱人|妻子|丈夫|对象|女朋友|"
    "男朋友|儿子|女儿|女婿|孩子|小孩|娃|爸爸?|妈妈?|父亲|母亲|父母|爸妈|爷爷|奶奶|外公|外婆|岳父|岳母|"
    "公公|婆婆|叔叔?|伯伯|大伯|"
    "舅舅?|姑姑|姑父|姨|姨妈|侄子|侄女|外甥|嫂子|弟媳|姐夫|妹夫|亲戚|家属|家人|老人|弟|哥|姐|妹"
)
_FOLK = (
    "同事|工友|朋友|老乡|邻居|同学|战友|室友|舍友|房东|老板|工头|包工头|领导|书记|班长|组长|主任|师傅|"
    "徒弟|客户|厂长|经理|"
    "村里人|别人|人家|有人|大家|新来的"
)
_OTHER = re.compile(
    rf"^(?:今天|昨天|刚才|最近|听说|据说|现在|那个|这个|有个|帮|(?:{_FOLK})(?=[我俺]))*(?:我|俺|咱)?(?:们)?(?:家|们村|村|厂|"
    rf"的|有个|一个)?"
    rf"(?:(?:{_KIN})(?!在一起)|(?:{_FOLK})(?![我俺])|(?:小|老)[王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗]|他们?|她们?)"
)
_NAMED = re.compile(
    r"^[王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪]"
    r"[\u4e00-\u9fff]{1,2}(?:也|已经|又|最近|昨天|今天|刚)?(?:搬|换|去了|回来|跳槽|不干|的电话|的号)"
)
_SELF = re.compile(
    r"^(?:今天|昨天|现在|但是?|不过|而|所以|因为)*(?:我|俺|本人|自己)(?!家?的?(?:" + _KIN + "|" + _FOLK + "))"
)
_WITH_ME = re.compile(
    r"^.{0,4}[和跟与同](?:我|俺)|我们一起|(?:我|俺)[和跟与同]|一家|全家|(?:我|俺)也|叫我|让我|给我|欠我|打我|"
    r"骗我|把我|找我|拖欠"
)
_GREETING = re.compile(
    rf"^(?:尊敬的|各位|亲爱的)?[\u4e00-\u9fff]?(?:{_FOLK}|同志|组织|支部|老师|联系人)(?:们)?(?:你们?好|"
    rf"您好|好|早上好|晚上好|放心|费心了|辛苦了)?$"
)
_ASKED = re.compile(
    r"怎么|咋(?!呼)|如何|怎样|[吗么]$|能不能|能否|可不可以|可以[^,]{0,12}[吗不]$|是不是|是否|需不需要|"
    r"要不要|用不用|有没有|什么时候|哪里|哪儿|"
    r"多少|多久|几号|几时|为什么|为啥|啥时|谁|哪个|了没有?$|够不够|对不对|请问|问一下|问下|想问|咨询"
)
_SUPPOSED = re.compile(
    r"如果|要是|假如|假设|万一|倘若|的话|听说|据说|比如|例如|可能|也许|说不定|考虑|想要?(?=搬|换|去|回|"
    r"跳)|(?:打算|准备|计划|盘算)[^,]{0,4}(?:搬|换|跳槽|改行|辞)|不知道|^等(?:我|到|以后|过)|(?:换|搬|"
    r"走|去|回)[^,]{0,4}(?:之前|前|的时候|时候|以后|后)(?:我)?(?:会|再|要|得|应)|再(?:告诉|和你说|"
    r"跟你说|报告)"
)
_DENIED = re.compile(
    r"没有?(?:再)?(?:搬|换|变|改|动|去|走|离开)|没变|不变|不换|不搬|不去|不走|未变|未换|未搬|"
    r"不想[搬换]|还没[搬换去走]|不是(?:搬|换)|"
    r"别(?:搬|换)|不打算|不准备|无变化|没什么变|没啥变|没有变|不会[搬换]|用不着|暂时不"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """`other`: about somebody else. `asked`, `supposed`, `denied`: not something that happened."""

    text: str
    other: bool = False
    asked: bool = False
    supposed: bool = False
    denied: bool = False

    @property
    def is_news(self) -> bool:
        """Whether it tells something that is so, of the member."""
        return not (self.other or self.asked or self.supposed or self.denied)


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses in order, at most `MOST`; a subject named once holds until another is named."""
    return tuple(_tell(text))[:MOST]


def _tell(text: str) -> Iterator[Clause]:
    other = supposed = False
    for words, mark in _cut(text):
        if _GREETING.match(words):
            continue
        other = _is_other(words, other)
        supposed = bool(_SUPPOSED.search(words)) or (supposed and not _SELF.match(words))
        asked = "?" in mark or bool(_ASKED.search(words))
        yield Clause(words, other, asked, supposed, bool(_DENIED.search(words)))


def _cut(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for count, cut in enumerate(_CUT.finditer(text)):
        if count == MOST:
            return
        if text[at : cut.start()].strip():
            yield text[at : cut.start()].strip(), cut[0]
        at = cut.end()
    if text[at:].strip():
        yield text[at:].strip(), ""


def _is_other(words: str, before: bool) -> bool:
    if _WITH_ME.search(words):
        return False
    if _OTHER.match(words) or _NAMED.match(words):
        return True
    return before and not _SELF.match(words)
