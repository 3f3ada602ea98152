"""Messages that are one word: an answer, a choice, a code word such as QD or TD."""

from __future__ import annotations

import re
from collections.abc import Sequence

from content.act import Act
from content.rules.dates import number
from content.rules.understanding.plain import bare, joined, plain
from content.rules.wordlist import words

_WORDS = {
    "check_in": words(
        "qd 签到 平安 报平安 打卡 报到 已签到 我签到 在 在的 我在 都好 一切都好 安好 好着呢 都挺好 挺好的 "
        "checkin checkingin iamfine imfine imok"
    ),
    "change_address": words("dz 地址 改地址 换地址 搬家 搬家了 我搬家了"),
    "change_job": words("gz 工作 改工作 换工作 换工作了 换厂了"),
    "change_phone": words("sj 手机 手机号 换号 换号了 改手机号 换手机号 换手机号了"),
    "points": words("jf 积分 我的积分 查积分 分数 学分"),
    "stop": words(
        "td t r td退订 退订td 退订 停 停止 stop unsubscribe 取消订阅 别发了 不要发了 别再发了 不要再发了 "
        "停止发送 不收了 停发 停发短信 停发了"
    ),
    "resume": words(
        "恢复 hf 订阅 重新订阅 恢复订阅 重新开始 start kt 继续发 恢复发送 恢复接收 开通 取消退订"
    ),
    "dues": words("df 党费 交党费 我的党费 查党费 dues"),
    "lesson": words(
        "dk 党课 上课 微党课 短信党课 今天的党课 学习 听课 我要上课 看党课 我要学习 "
        "最近一课 最近的课 最近的党课 最新一课 最新的党课 上一课 这一课"),
    "make_up": words("bk 补课 我要补课 补学 补党课"),
    "certificate": words(
        "活动证 我的活动证 流动党员证 流动党员活动证 党员活动证 办活动证 证明信 介绍信 开证明"
    ),
    "me": words("我的 我的资料 我的信息 我的档案 资料 个人资料 个人信息 查资料 查档案 我的登记 "
        "me myfile mydetails mydata"),
    "my_gaps": words("缺什么 还缺什么 我还缺什么 缺啥 六清"),
    "my_changes": words("改动 改动记录 全部改动 变动记录 我的改动"),
    "my_lookers": words("谁看过 谁看了 谁看过我 谁看过我的资料 谁看了我的资料 查看记录"),
    "menu": words(
        "cd 菜单 帮助 功能 目录 help menu 怎么用 bz 使用帮助 有什么功能 能干什么 你能干什么 主菜单"
    ),
    "help": words("qz 求助 我要求助 需要帮助 有困难 我有困难 帮帮我 我要帮助"),
    "depart": words("外出 外出报备 报备 我要外出 wc 外出登记"),
    "return": words("返乡 回来了 我回来了 返乡登记 到家了 我到家了 回家了 我回家了 回村了 fx 已返乡"),
    "opinion": words("意见 建议 提意见 提建议 我有意见 我有建议 yj"),
    "ask": words("咨询 提问 我要咨询 有个问题 zx"),
    "not_me": words(
        "不是本人 非本人 发错人了 打错了 找错人了 发错了 不认识 不是机主 你找错人了 你打错了 你发错了 "
        "我不是本人"
    ),
    "dispute": words("不是我 不是我换的 不是我加的 不是我办的 不是我弄的 这不是我 这不是我换的 notme"),
    "withdraw": words(
        "退出 退出联动 撤回同意 撤销同意 收回同意 不想用了 我不想用了 不用联动了 tc quit leave"
    ),
    "only_sms": words("只用短信 以后只用短信 不用聊天了 不用聊天了只用短信 不用聊天只用短信 不想用聊天了"),
    "ask_in": words("加入 我要加入 加入联动 我想加入 重新加入 jr join"),
    "yes": words(
        "是 是我本人 我是本人 我就是本人 本人 就是我 就是这样 就这样 好的好的 是的 是滴 好 好的 好滴 "
        "好嘞 行 行的 可以 可以的 对 对的 对头 嗯 嗯嗯 恩 确认 同意 没错 没问题 ok okay yes y 确定 "
        "正确 中 要得 成 对对 是是 好好 我同意 我确认 确认无误 无误 准确 愿意"
    ),
    "no": words(
        "不 不是 不同意这个 不是这样 不是这样的 不是这个 不对 否 重写 不同意 不要 不行 错了 no n 取消 "
        "不用 不是的 不可以 不确认 没有 不愿意 "
        "写错了 不正确 有误 不用了 "
        "搞错了 弄错了 重新写 重来 重填 改一下 不成 不中 算了"
    ),
    "ack": words(
        "收到 收到马上学习 马上学习 我知道了 我收到了 收到了 知道了 知道 明白 明白了 谢谢 谢谢书记 "
        "谢谢领导 谢谢同志 "
        "感谢书记 谢谢你们 谢谢你 谢谢您 多谢 感谢 感谢组织 已阅 已读 已收到 了解 晓得了 收悉 "
        "好的收到 收到谢谢 学习了 已学习 学完了 看完了 谢了 感谢关心 谢谢关心 谢谢组织 谢谢组织关心 "
        "辛苦了 看到了 记住了 thanks"
    ),
}  # fmt: skip
_MEANING = {word: intent for intent, said in _WORDS.items() for word in said}

_AROUND = re.compile(
    r"^(?:(?:书记|同志|领导|老师|组织|支部|你们?好|您好|大家好|早上好|上午好|下午好|晚上好|各位|那个|"
    r"麻烦(?:您|你)?|请(?!问|假)|"
    r"打扰了|不好意思|回复|答|嗯+|哦+|额|我是说|我要|我想)+)?(?P<core>.+?)"
    r"(?:谢谢(?:您|你|书记|组织|啦|了)?|多谢|辛苦(?:了|啦)?|哈+|呀|啊|哦|喔|噢|呢|嘛|吧|啦|哟|咯|的说|"
    r"拜托了?)*$"
)
_THANKS = re.compile(
    r"^(?:(?:非常|十分)?(?:谢谢|感谢|多谢)|辛苦)(?:了|党|组织|书记|支部|领导|同志|你们?|您|大家|各位|"
    r"的|对我)*(?:关心|提醒|关怀|通知|帮助|支持|慰问|牵挂)*了?$|^书记辛苦了$|"
    r"^(?:今天的?|这次的?)?(?:短信|消息|通知|信息|微?党课|活动证|学习内容)(?:都|我)?(?:已经?)?(?:收到|看到|"
    r"看完|学完|看|学|学习)了$"
)
_LEAD_IN = re.compile(r"^(?:好的?|ok|嗯+|哦+|行)")
_PLAIN_ONLY = frozenset({"yes", "no", "ack", "stop", "resume", "not_me"})
_LETTER = re.compile(
    r"^(?:我?选择?|答案?是?|回复?|我的答案是|第|应该(?:是|选)?|是|觉得是)*"
    r"(?:(?P<letter>[a-h])|(?P<ring>[①-⑩])|(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2}))(?:个|项|选项|"
    r"题)?(?:吧|啊|呀|哦)?$"
)
_MOST_CHOICES = 20


def one_word(text: str, options: Sequence[str]) -> Act | None:
    """The act of a message that is nothing but an answer or a code word, politeness left aside."""
    said = bare(text)
    if text and not text.strip("? "):
        return Act(intent="menu")
    core = _core(said)
    choice = _choice(text, options)
    if choice:
        return choice
    intent = _MEANING.get(said) or _MEANING.get(core) or ("ack" if _THANKS.match(said) else None)
    if intent is None and _MEANING.get(_LEAD_IN.sub("", said)) == "ack":
        intent = "ack"
    # 嗯? and 退订? ask back: nobody has agreed to anything.
    if intent in _PLAIN_ONLY and "?" in text:
        return None
    return Act(intent=intent) if intent else None


def is_word_for(intent: str, text: str) -> bool:
    return _MEANING.get(bare(text)) == intent


def is_code_word(text: str) -> bool:
    """QD, 1, 对: what a person writes to a program, and no phone by itself."""
    meant = one_word(joined(plain(text)), ())
    return meant is not None and meant.intent != "ack"


def is_letter(text: str) -> bool:
    """Whether a choice was named by its letter: B, 选B."""
    match = _LETTER.match(bare(joined(plain(text)))[:12])
    return bool(match and match["letter"])


def is_bare_number(text: str) -> bool:
    """9, 选B, 第二个: an answer to a list, and never a place or a trade by itself."""
    said = joined(plain(text))
    return _choice(said, ()) is not None or bare(said).isdecimal()


def _core(said: str) -> str:
    around = _AROUND.match(said[:60])
    return around["core"] if around else said


def _choice(text: str, options: Sequence[str]) -> Act | None:
    n = _number(text) or _by_label(bare(text), options)
    if not n or n > (len(options) or _MOST_CHOICES):
        return None
    return Act(intent="choice", n=n)


def _number(text: str) -> int | None:
    # NFKC has turned ① into 1 already.
    match = _LETTER.match(bare(text)[:12])
    if not match:
        return None
    if match["letter"]:
        return ord(match["letter"]) - ord("a") + 1
    return number(match["n"]) if match["n"] else None


def _by_label(said: str, options: Sequence[str]) -> int | None:
    """The option whose own words were sent back, if only one has them."""
    labels = [re.sub(r"^(?:[a-h]|\d{1,2})", "", bare(option.lower())) for option in options]
    hits = [
        n
        for n, label in enumerate(labels, 1)
        if said and (said == label or said == bare(options[n - 1].lower()))
    ]
    return hits[0] if len(hits) == 1 else None
