"""What administrators hear when the program itself is in trouble: what is wrong, and what to do about it.

Nobody is named in it: it may be read by whoever holds the phone. The short form is one SMS, signature
included; what it says must be enough at night, without a computer at hand.
"""

from __future__ import annotations

from content.letter import Letter
from content.rules.receipts import words_of_ours
from content.words.catalogue import N_, Tongue

# Each word: what is wrong, what to do, and both in one SMS.
_TOLD = {
    "full": (
        N_("磁盘满了，存不进东西。"),
        N_("请在服务器上看 df -h，删掉或移走不用的大文件。"),
        N_("磁盘满了，来信暂时收不进。请清理服务器磁盘，程序会自己恢复，不要重装。"),
    ),
    "held": (
        N_("数据库被别的程序占着，写不进去。"),
        N_("请看谁打开着它（SQLite：fuser 数据库文件；PostgreSQL：pg_stat_activity），等它做完，或关掉它。"),
        N_("数据库被别的程序占着，来信暂时收不进。请关掉占着它的程序，联动会自己恢复。"),
    ),
    "read_only": (
        N_("数据库变成只读的了，写不进去。"),
        N_("请检查数据库文件和文件夹的属主、权限；磁盘有没有被挂成只读，看 mount 和 dmesg。"),
        N_("数据库变成只读，来信暂时收不进。请检查服务器的磁盘和文件权限。"),
    ),
    "broken": (
        N_("数据库所在的磁盘读写出错。"),
        N_("请看 dmesg：磁盘可能要坏，或被系统改成了只读。先把最近的备份和密钥抄到别处，再换磁盘。"),
        N_("服务器磁盘读写出错，来信暂时收不进。请先抄走备份和密钥，再查磁盘。"),
    ),
    "damaged": (
        N_("数据库损坏了。"),
        N_("请停下程序，先把坏文件另存，再用 restore 恢复最近的备份。"),
        N_("数据库损坏了。请停下联动，另存坏文件，再恢复最近的备份。"),
    ),
    "away": (
        N_("连不上数据库。"),
        N_("请看 PostgreSQL 在不在运行（systemctl status postgresql），网络通不通。"),
        N_("连不上数据库，来信暂时收不进。请看PostgreSQL在不在运行，联动会自己恢复。"),
    ),
    "telegram_not_reached": (
        N_("连不上聊天服务器，已经好几分钟了。短信照常。"),
        N_("请检查服务器的网络和代理（HTTPS_PROXY）。"),
        N_("连不上聊天服务器，短信照常。请检查服务器的网络和代理，通了会自己恢复。"),
    ),
    "bot_token": (
        N_("聊天服务器不认机器人的口令，聊天停了。短信照常。"),
        N_("请向 @BotFather 要新的口令，写进 LIANDONG_TELEGRAM_TOKEN，再重启程序。"),
        N_("聊天服务器不认机器人的口令，聊天停了。请换新口令，再重启联动。"),
    ),
    "another_poller": (
        N_("另一个程序在用同一个口令收聊天消息，有的话我们收不到。"),
        N_("请停掉它（另一份联动、演示或旧服务器），或向 @BotFather 换一个口令。"),
        N_("另一个程序在用同一个口令收聊天，有的话我们收不到。请停掉它，或换口令。"),
    ),
    "webhook_refused": (
        N_("聊天服务器不收我们登记的网址，聊天停了。短信照常。"),
        N_("请核对 LIANDONG_TELEGRAM_WEBHOOK_URL：要 https，从外网打得开。"),
        N_("聊天服务器不收我们登记的网址，聊天停了。请核对域名和证书。"),
    ),
    "sms_not_reached": (
        N_("短信网关连不上或不干活，已经好几分钟了。短信先存着，聊天照常。"),
        N_("请看短信网关在不在运行，网络通不通；拿不准就问短信公司。"),
        N_("短信网关连不上或不干活。请看它在不在运行，或问短信公司。"),
    ),
    "gateway_login": (
        N_("短信网关不认我们的账号，短信都发不出去。聊天照常。"),
        N_("请核对设置里短信网关的用户名和密码，改好后重启程序。没发的会接着发。"),
        N_("短信网关不认我们的账号，短信发不出。请核对用户名和密码。"),
    ),
    "gateway_address": (
        N_("短信网关的网址不对，短信都发不出去。聊天照常。"),
        N_("请核对设置里短信网关的网址，改好后重启程序。没发的会接着发。"),
        N_("短信网关的网址不对，短信发不出。请核对设置里的网址。"),
    ),
    "no_right": (
        N_("短信平台的账号没有发送的权限，短信都发不出去。聊天照常。"),
        N_("请找短信公司开通；开通后自己接着发，不用重启。"),
        N_("短信平台的账号没有发送权限，短信发不出。请找短信公司开通。"),
    ),
    "no_money": (
        N_("短信平台余额不足，短信都发不出去。聊天照常。"),
        N_("请给短信平台充值；充好后自己接着发，不用重启。"),
        N_("短信平台余额不足，短信发不出去。请充值，充好会自己接着发。"),
    ),
    "code_unknown": (
        N_("短信公司不收短信，答的代码“{code}”程序不认识。短信先存着，聊天照常。"),
        N_("请问短信公司这个代码是什么意思，照它说的办；没发的会接着发，存一天。也请告诉联动的开发者。"),
        N_("短信公司不收短信，答的代码是“{code}”。请问它是什么意思，没发的先存着。"),
    ),
    "daily_limit": (
        N_("短信平台的日限额或月限额用完了，短信都发不出去。聊天照常。"),
        N_("请找短信公司提高限额，或等到下一天、下个月；有了额度自己接着发，不用重启。"),
        N_("短信平台的限额用完了，短信发不出。请找短信公司提高限额，或等下一天。"),
    ),
    "ip_not_allowed": (
        N_("短信平台不许这台服务器的地址，短信都发不出去。聊天照常。"),
        N_("请在短信平台的白名单里加上服务器的公网地址；加好后自己接着发，不用重启。"),
        N_("短信平台不许这台服务器的地址，短信发不出。请把它加进平台的白名单。"),
    ),
    "clock_wrong": (
        N_("服务器的钟不准，短信平台不认签名，短信都发不出去。聊天照常。"),
        N_("请在服务器上校准时间（timedatectl，打开自动对时）；准了自己接着发。"),
        N_("服务器的钟不准，短信发不出。请校准时间，准了会自己接着发。"),
    ),
    "proxy_login": (
        N_("代理不认我们的账号，短信都发不出去。"),
        N_("请核对代理的账号（HTTPS_PROXY），改好后重启程序。没发的会接着发。"),
        N_("代理不认我们的账号，短信发不出。请核对代理的账号。"),
    ),
    "sender_wrong": (
        N_("短信平台不认我们的发送号码，短信都发不出去。聊天照常。"),
        N_("请核对设置里的发送号码，或找短信公司报备；改好后重启程序。没发的会接着发。"),
        N_("短信平台不认我们的发送号码，短信发不出。请核对设置，或找短信公司报备。"),
    ),
    "our_address_wrong": (
        N_("本程序的公网网址不对，短信平台不收，短信都发不出去。聊天照常。"),
        N_("请核对设置里的公网网址：要 https，从外网打得开；改好后重启程序。"),
        N_("本程序的公网网址不对，短信发不出。请核对设置里的网址。"),
    ),
    "signature_wrong": (
        N_("短信签名没有报备，短信平台不收。聊天照常。"),
        N_("请在短信平台报备签名，通过后自己接着发；暂停了的群发要点“继续发”。"),
        N_("短信签名没有报备，短信平台不收。请去平台报备，通过后自己接着发。"),
    ),
}  # fmt: skip
# Of a company's code so many signs stand in one SMS.
_CODE_BY_SMS = 20


WORDS = tuple(_TOLD)
# These stay until somebody has mended them: who waits a while waits in vain.
NEVER_PASSES = frozenset({"webhook_refused", *(word for word in words_of_ours() if word in _TOLD)})


def alarm(t: Tongue, what: str, code: str = "") -> Letter:
    """`what` is a word above, `code` what a company said that we do not know."""
    said, todo = said_of(t, what, code)
    sms = t.say(_TOLD[what][2], code=code[:_CODE_BY_SMS])
    then = t.say("收到的和要发的都不会丢，好了程序自己接着办，也会再告诉您一声。")
    return Letter(chat="\n".join((f"⚠ {said}", todo, then)), sms=sms)


def all_clear(t: Tongue, what: str, since: str, until: str, code: str = "") -> Letter:
    """`since` and `until` are times of the day on the administrator's clock."""
    over = t.say("✓ 已经恢复（{since} 到 {until}）。程序自己接着办，不用做什么。", since=since, until=until)
    before = t.say("刚才：{said}", said=said_of(t, what, code)[0])
    sms = t.say("刚才的故障好了（{since}到{until}），程序自己接着办，不用再管。", since=since, until=until)
    return Letter(chat=f"{over}\n{before}", sms=sms)


def said_of(t: Tongue, what: str, code: str = "") -> tuple[str, str]:
    """What is wrong and what to do, for whoever looks by themselves."""
    said, todo, _ = (t.say(words, code=code) for words in _TOLD[what])
    return said, todo
