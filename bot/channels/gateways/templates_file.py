"""The file that `sms_templates` names, read once at the start; what is wrong in it is said to be mended."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from bot.channels.gateways.templates import Rules, Templates
from bot.channels.gateways.templates_faults import faults_of, template_of
from bot.settings_wrong import Complaint, SettingsWrong


class TemplatesWrong(SettingsWrong):
    """The templates cannot be used. Names each one, what is wrong and what to do."""


def read_templates(path: Path, rules: Rules, slugs: Collection[str]) -> Templates:
    """TemplatesWrong where one is not as the company wants it. `slugs`: the lessons there are."""
    written = _written(path)
    faults = list(faults_of(written, rules, slugs))
    if faults:
        raise TemplatesWrong(Complaint(f"{path.name}：{one.zh}", f"{path.name}: {one.en}") for one in faults)
    lessons = {slug: template_of(entry, rules) for slug, entry in written.get("lessons", {}).items()}
    texts = [template_of(entry, rules) for entry in written.get("texts", {}).values()]
    default = template_of(written["default"], rules) if "default" in written else None
    return Templates(rules, lessons, texts, default)


def _written(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError:
        raise TemplatesWrong([_not_there(path)]) from None
    except ValueError as error:
        raise TemplatesWrong([_not_toml(path, error)]) from None


def _not_there(path: Path) -> Complaint:
    return Complaint(
        f"LIANDONG_SMS_TEMPLATES 指的文件 {path} 不在，或运行联动的用户读不了。请改正路径或权限。",
        f"The file {path} that LIANDONG_SMS_TEMPLATES names is not there, or the user that runs Liandong may "
        "not read it. Mend the path or the rights.",
    )


def _not_toml(path: Path, error: ValueError) -> Complaint:
    where = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "UTF-8"
    return Complaint(
        f"短信模板文件 {path.name} 不是正确的 TOML（{where}）。",
        f"The templates in {path.name} are no proper TOML ({where}).",
    )
