"""A setting that is wrong, said so that whoever installs Liandong can mend it: Chinese, then English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

PREFIX = "LIANDONG_"


@dataclass(frozen=True, slots=True)
class Complaint:
    zh: str
    en: str


class SettingsWrong(Exception):
    """The settings cannot be used. Its text names each one, what is wrong and what to do, never a value."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        said = list(complaints)
        super().__init__("\n".join([*(one.zh for one in said), *(one.en for one in said)]))


# What to write, by setting.
_FORMS = {
    "database_url": (
        "sqlite+aiosqlite:///liandong.db 或 postgresql+asyncpg://user:password@host/database",
        "sqlite+aiosqlite:///liandong.db or postgresql+asyncpg://user:password@host/database",
    ),
    "telegram_token": (
        "@BotFather 给的口令，如 123456789:AbCdEf；不用 Telegram 就留空",
        "the token @BotFather gave, such as 123456789:AbCdEf, or nothing to do without Telegram",
    ),
    "telegram_rate": (
        "每秒最多发几条，1 到 1000 的整数；30 以上要向 Telegram 付费，0 是不限速，只给演示和测试用",
        "how many messages a second at most, from 1 to 1000; Telegram charges for more than 30; 0 is "
        "without a limit, for demos and tests alone",
    ),
    "telegram_api": (
        "Bot API 的网址，如 https://api.telegram.org",
        "the address of a Bot API server, such as https://api.telegram.org",
    ),
    "telegram_mode": ("polling 或 webhook", "polling or webhook"),
    "telegram_webhook_url": (
        "Telegram 能访问到的 https 网址，端口 443、80、88 或 8443，如 https://bot.example.cn",
        "an https address that Telegram can reach, at port 443, 80, 88 or 8443, such as https://bot.example.cn",
    ),
    "telegram_secret": ("16 到 128 位字母、数字、- 或 _", "16 to 128 letters, digits, - or _"),
    "sms_gateway": ("none 或 kannel", "none or kannel"),
    "kannel_url": (
        "Kannel 的网址，如 http://127.0.0.1:13013/cgi-bin/sendsms",
        "Kannel's address, such as http://127.0.0.1:13013/cgi-bin/sendsms",
    ),
    "kannel_username": ("Kannel 配置里 sendsms-user 的 username", "the username of Kannel's sendsms-user"),
    "kannel_password": ("Kannel 配置里 sendsms-user 的 password", "the password of Kannel's sendsms-user"),
    "sms_signature": (
        "带【】的短信签名，如【联动】，或留空",
        "a signature in 【】, such as 【联动】, or nothing",
    ),
    "sms_path_secret": ("16 到 128 位字母、数字、- 或 _，别人猜不到", "16 to 128 letters, digits, - or _"),
    "public_url": (
        "短信网关访问本程序的网址，如 http://127.0.0.1:8090",
        "where the SMS gateway reaches this program, such as http://127.0.0.1:8090",
    ),
    "http_host": (
        "本机的网络地址，如 127.0.0.1；要从别的机器访问就写 0.0.0.0",
        "an address of this machine, such as 127.0.0.1, or 0.0.0.0 to be reached from others",
    ),
    "http_port": ("0 到 65535 的整数，如 8090", "a whole number from 0 to 65535, such as 8090"),
    "metrics_secret": (
        "16 到 128 位字母、数字、- 或 _；只在本机看 /metrics 就留空",
        "16 to 128 letters, digits, - or _, or nothing to read /metrics from this machine alone",
    ),
    "language": ("zh 或 en", "zh or en"),
    "timezone": ("时区名，如 Asia/Shanghai", "the name of a time zone, such as Asia/Shanghai"),
    "log_level": ("DEBUG、INFO、WARNING 或 ERROR", "DEBUG, INFO, WARNING or ERROR"),
}


def wrong(field: str) -> Complaint:
    name, (zh, en) = PREFIX + field.upper(), _FORMS.get(field, ("一行文字", "one line of text"))
    return Complaint(f"{name} 的值不对。请写：{zh}。", f"{name} has a wrong value. Write: {en}.")


def missing(field: str, because: str) -> Complaint:
    name, (zh, en) = PREFIX + field.upper(), _FORMS[field]
    return Complaint(
        f"缺少 {name}（{because} 时必须有）。请写：{zh}。",
        f"{name} is missing ({because} needs it). Write: {en}.",
    )


def unknown(name: str, known: Iterable[str]) -> Complaint:
    near = get_close_matches(name, list(known), n=1, cutoff=0.0)[0]
    return Complaint(
        f"没有 {name} 这个设置，是不是 {near}？请改名或删掉。",
        f"There is no setting {name}; is it {near}? Rename it or take it out.",
    )


def unknown_in_file(name: str, known: Iterable[str]) -> Complaint:
    """In the file a name stands without the prefix, in small letters."""
    near = get_close_matches(_in_a_file(name), list(known), n=1, cutoff=0.0)[0]
    return Complaint(
        f"配置文件里没有 {name} 这个设置，是不是 {near}？文件里的名字不带 {PREFIX}，用小写。请改名或删掉。",
        f"There is no setting {name} in the file; is it {near}? Names stand there without {PREFIX} and in "
        "small letters. Rename it or take it out.",
    )


def _in_a_file(name: str) -> str:
    return name.lower().removeprefix(PREFIX.lower())


def no_such_file(name: str) -> Complaint:
    return Complaint(
        f"找不到 {name} 指的文件。请改正路径，或删掉这个设置。",
        f"The file that {name} names is not there. Mend the path, or take the setting out.",
    )


def shut(path: Path) -> Complaint:
    """The one slip of whoever edits it as root: the program runs as somebody else."""
    return Complaint(
        f"配置文件 {path} 读不了：运行联动的用户没有权限。"
        f"请运行：chown root:liandong {path}；chmod 640 {path}。",
        f"The settings file {path} cannot be read by the user that runs Liandong. Run: "
        f"chown root:liandong {path}; chmod 640 {path}.",
    )


def not_toml(file_name: str) -> Complaint:
    return Complaint(
        f'{file_name} 不是正确的 TOML。每行请写：名字 = "值"。',
        f'{file_name} is no proper TOML. Write on each line: name = "value".',
    )
