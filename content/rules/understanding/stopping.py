"""Stop, start again, and 不是本人: each takes effect on somebody's word, so the word must be plain."""

from __future__ import annotations

import re

from content.act import Act

_STOP = re.compile(
    r"^(?:请|麻烦|我要|我想|我|能不能|以后|回复?|求求?你们?|拜托)*(?:td|退订|unsubscribe|取消(?:订阅|推送)|别(?:再)?(?:给我)?发|不要(?:再)?(?:给我)?发|停止(?:给我)?发|"
    r"(?:不想|不要|不愿)(?:再)?(?:收|接收)(?:到)?|停(?:发|掉)?)(?:送|任何|这些|这种|这类|你们?的|党课|学习)*(?:短信|消息|信息|通知|党课|内容)?(?:给我)?(?:了|吧|谢谢|啊|呀|行吗)*$"
)
_RESUME = re.compile(
    r"^(?:请|麻烦|我要|我想|可以|帮我)*(?:(?:恢复|重新|继续)(?:给我)?(?:发送?|接收|订阅|收|开通|开启)?(?:党课|你们的)?(?:短信|消息|信息|通知|党课|推送|订阅)|取消退订|"
    r"重新(?:订阅|开始发?|开通)|恢复(?:订阅|接收|发送)|继续发)(?:给我)?(?:了|吧|谢谢)*$"
)
_NOT_ME = re.compile(
    r"(?:^|[,。!我这号已])(?:不是|非)(?:我|机主|号主)?本人(?=$|[,。!了啊]|使用|在用)|(?:你|您|你们)?(?:是不是)?(?<!我)(?<!我是)(?:打|发|找|搞|弄)错(?:人|号码?|电话|短信)(?:了|吧)|(?:你|您|你们|贵)(?:是不是)?(?:打|发|找)错了|"
    r"(?:这个?|本|该)(?:手机|电话)?(?:号码?|号)(?:现在|已经|早就|如今)*(?:是我(?:在)?(?:用|的)|换(?:了)?(?:人|主|机主)|易主|归我)(?!了?另)|机主(?:已经?)?换(?:了|人)|"
    r"(?:你|您|你们)(?:要)?(?:找|说|发给)的(?:这个?)?(?:人|那位|党员)?[^,]{0,6}(?:不认识|不知道是谁|不是我)|"
    r"我(?:不认识|不知道)(?:你们?(?:要)?(?:找|说)的|这个?人(?!$)|这位)|(?:不认识|没听说过)(?:你们?(?:要)?(?:找|说)的|叫这个|这个?(?:名字|党员))|这个?人我不认识|我(?:不是|根本不是|也不是)(?:什么|你们?(?:的|要找的)?)*党员"
)
_NOT_NAMED = re.compile(
    r"^(?:你好|您好)?我不是(?!故意|说|因|很|那|这|不|想|在|要|没|你|有|书|组|班)(?:[王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪]"
    r"[\u4e00-\u9fff]{1,2}|他|她)(?:本人)?(?:[,。!啊呀]|$)"
)
_OWN_NEWS = re.compile(r"换号|新号|换了?手机|我的新|以后打|以后联系")


def stop(clause: str) -> Act | None:
    return Act(intent="stop") if _STOP.match(clause) else None


def resume(clause: str) -> Act | None:
    return Act(intent="resume") if _RESUME.match(clause) else None


def not_me(text: str) -> Act | None:
    """Said of the whole message; somebody with a new number of their own is still ours."""
    if _OWN_NEWS.search(text):
        return None
    return Act(intent="not_me") if _NOT_ME.search(text) or _NOT_NAMED.search(text) else None
