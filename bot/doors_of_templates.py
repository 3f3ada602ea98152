"""The SMS companies that send approved templates alone, as the settings have them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from bot.channels.gateways import aliyun, tencent
from bot.channels.gateways.aliyun import Aliyun
from bot.channels.gateways.aliyun_api import AliyunApi
from bot.channels.gateways.asking import Key
from bot.channels.gateways.templates import Rules, Templates
from bot.channels.gateways.templates_file import read_templates
from bot.channels.gateways.tencent import Tencent
from bot.channels.gateways.tencent_api import TencentApi
from bot.clock import WallClock
from bot.settings import Settings
from content.lessons.library import SHELF

# 云MAS takes free text as well; where an account has templates alone, its limits are the account's own.
_RULES: Mapping[str, Rules] = {"aliyun": aliyun.RULES, "tencent": tencent.RULES, "yunmas": Rules(70, "")}


def aliyun_of(settings: Settings) -> Aliyun:
    # A request is signed with the time it is, whatever time it is in a demo.
    clock = WallClock()
    key = Key(settings.aliyun_key_id, settings.aliyun_key_secret.get_secret_value())
    api = AliyunApi(key, clock, settings.aliyun_endpoint)
    return Aliyun(api, _name_in(settings.sms_signature), templates_of(settings), clock)


def tencent_of(settings: Settings) -> Tencent:
    clock = WallClock()
    key = Key(settings.tencent_secret_id, settings.tencent_secret_key.get_secret_value())
    api = TencentApi(key, clock, settings.tencent_endpoint, settings.tencent_region)
    name = _name_in(settings.sms_signature)
    return Tencent(api, settings.tencent_app_id, name, templates_of(settings), clock)


def templates_of(settings: Settings) -> Templates:
    """TemplatesWrong, with what to do, where the file is not as the company wants it."""
    return read_templates(Path(settings.sms_templates), _RULES[settings.sms_gateway], _slugs())


def _slugs() -> Collection[str]:
    """Of all that lie on the shelf: a lesson with a fault costs itself, and not the template it has."""
    return {path.stem for path in SHELF.glob("*.md")}


def _name_in(signature: str) -> str:
    return signature.strip("【】")
