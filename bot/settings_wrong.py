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
    "sms_gateway": (
        "none、kannel、aliyun、tencent、yunmas、twilio 或 plain_http",
        "none, kannel, aliyun, tencent, yunmas, twilio or plain_http",
    ),
    "kannel_url": (
        "Kannel 的网址，如 http://127.0.0.1:13013/cgi-bin/sendsms",
        "Kannel's address, such as http://127.0.0.1:13013/cgi-bin/sendsms",
    ),
    "kannel_username": ("Kannel 配置里 sendsms-user 的 username", "the username of Kannel's sendsms-user"),
    "kannel_password": ("Kannel 配置里 sendsms-user 的 password", "the password of Kannel's sendsms-user"),
    "state_folder": (
        "本程序自己的文件夹，如 /var/lib/liandong；几个程序共用一个库的，每个一个",
        "a folder of this program alone, such as /var/lib/liandong; one each where several share a database",
    ),
    "kannel_status_url": (
        "Kannel 状态页的网址，如 http://127.0.0.1:13000/status.xml",
        "the address of Kannel's status page, such as http://127.0.0.1:13000/status.xml",
    ),
    "sms_templates": (
        "短信模板文件的路径，如 /etc/liandong/sms-templates.toml，写法见 docs/gateways",
        "the path of the file of templates, such as /etc/liandong/sms-templates.toml; see docs/gateways",
    ),
    "aliyun_key_id": ("阿里云 RAM 用户的 AccessKey ID，如 LTAI…", "a RAM user's AccessKey ID, such as LTAI…"),
    "aliyun_key_secret": ("同一个 AccessKey 的 Secret", "the secret of the same AccessKey"),
    "aliyun_endpoint": (
        "阿里云短信的网址，一般是 https://dysmsapi.aliyuncs.com",
        "Alibaba Cloud's SMS address, commonly https://dysmsapi.aliyuncs.com",
    ),
    "tencent_secret_id": (
        "腾讯云 API 密钥的 SecretId，如 AKID…",
        "the SecretId of an API key, such as AKID…",
    ),
    "tencent_secret_key": ("同一把 API 密钥的 SecretKey", "the SecretKey of the same API key"),
    "tencent_app_id": (
        "腾讯云短信应用的 SdkAppId，全是数字，如 1400006666",
        "the SdkAppId of the SMS application, digits alone, such as 1400006666",
    ),
    "tencent_endpoint": (
        "腾讯云短信的网址，一般是 https://sms.tencentcloudapi.com",
        "Tencent Cloud's SMS address, commonly https://sms.tencentcloudapi.com",
    ),
    "yunmas_url": (
        "开户时给的接口地址，如 http://112.35.1.155:1992",
        "the address that came with the account, such as http://112.35.1.155:1992",
    ),
    "yunmas_company": ("云MAS 里的企业名称，一字不差", "the company's name just as 云MAS has it (企业名称)"),
    "yunmas_account": ("云MAS 的接口账号", "云MAS's interface account (接口账号)"),
    "yunmas_password": ("云MAS 的接口密码", "云MAS's interface password (接口密码)"),
    "yunmas_sign": (
        "云MAS 的签名编码，不是签名的字",
        "云MAS's code of the signature (签名编码), not its words",
    ),
    "twilio_account": ("AC 开头的 Account SID", "the Account SID, which begins with AC"),
    "twilio_auth_token": ("Twilio 的 Auth Token", "Twilio's Auth Token"),
    "twilio_from": (
        "Twilio 给的号码，如 +15005550006，或 MG 开头的 Messaging Service",
        "a number of yours at Twilio, such as +15005550006, or a Messaging Service, which begins with MG",
    ),
    "twilio_api": (
        "https://api.twilio.com，或所在区的网址",
        "https://api.twilio.com, or that of your region",
    ),
    "plain_http_file": (
        "说明短信公司接口的文件，如 /etc/liandong/sms.toml，写法见 docs/gateways/plain_http.md",
        "the file that describes the company, such as /etc/liandong/sms.toml: docs/gateways/plain_http.md",
    ),
    "plain_http_account": (
        "短信公司给的账号，文件里的 {account}",
        "the company's account, {account} in the file",
    ),
    "plain_http_secret": (
        "短信公司给的密码或密钥，文件里的 {secret}",
        "its password or key, {secret} in the file",
    ),
    "sms_signature": (
        "带【】的短信签名，如【联动】，或留空",
        "a signature in 【】, such as 【联动】, or nothing",
    ),
    "sms_suffix": (
        "群发短信末尾的一句话，最多 20 个字，如 拒收请回复R；不要就留空",
        "a few words under each SMS to many, at most 20 signs, such as 拒收请回复R, or nothing",
    ),
    "sms_price": (
        "每条短信多少分钱，0 到 1000，如 4.5；不知道就写 0",
        "what one SMS part costs in fen (0.01 yuan), from 0 to 1000, such as 4.5, or 0 where nobody knows",
    ),
    "approval_above": (
        "发给多少人以上要第二个人同意，0 或更大的整数，如 200；0 是人再多也不用",
        "above how many recipients a second person approves, a whole number such as 200; 0 for never",
    ),
    "sms_path_secret": ("16 到 128 位字母、数字、- 或 _，别人猜不到", "16 to 128 letters, digits, - or _"),
    "sms_allow": (
        "允许推送短信的地址或网段，逗号隔开，如 203.0.113.7, 198.51.100.0/24；都允许就留空",
        "addresses, networks that may bring texts, such as 203.0.113.7, 198.51.100.0/24, or nothing for all",
    ),
    "public_url": (
        "短信网关访问本程序的网址，如 http://127.0.0.1:8090；外面的短信公司要公网网址",
        "where the SMS gateway reaches this program, such as http://127.0.0.1:8090, or a public address for "
        "a company elsewhere",
    ),
    "http_host": (
        "本机的网络地址，如 127.0.0.1；要从别的机器访问就写 0.0.0.0",
        "an address of this machine, such as 127.0.0.1, or 0.0.0.0 to be reached from others",
    ),
    "http_port": ("0 到 65535 的整数，如 8090", "a whole number from 0 to 65535, such as 8090"),
    "trusted_proxies": (
        "本程序前面的反向代理的地址，如 127.0.0.1；没有就留空",
        "the address of the reverse proxy in front of this program, such as 127.0.0.1, or nothing",
    ),
    "metrics_secret": (
        "16 到 128 位字母、数字、- 或 _；只在本机看 /metrics 就留空",
        "16 to 128 letters, digits, - or _, or nothing to read /metrics from this machine alone",
    ),
    "alarm_to": (
        "手机号或聊天的数字编号，几个用逗号隔开，如 13900000001,123456789；没有就留空",
        "mobile numbers or the numbers of chats, commas between, as +8613900000001,123456789, or nothing",
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
