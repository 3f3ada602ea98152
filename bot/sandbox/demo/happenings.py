"""What happened while the clock was wound, a line for each phone that got something."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.sandbox.page import PhoneOnStage
from bot.sandbox.world import World

_LONGEST = 36
_SIGNATURE = "【联动】"  # stands before every SMS, and says nothing here


def what_happened(world: World, phones: Sequence[PhoneOnStage], since: datetime) -> list[str]:
    lines = []
    for on_stage in phones:
        phone = world.phone(on_stage.phone_id)
        sent = [m for m in world.sms(phone.id) if m.from_program and m.at > since]
        texts = [m.body for m in sent if m.status != "failed"]
        if failed := len(sent) - len(texts):
            lines.append(f"{phone.owner}：{failed} 条短信没送到，手机关着")
        if phone.smartphone and not world.is_off(phone.id):
            texts += [m.text for m in world.chat(phone.id) if m.from_bot and m.at > since]
        if texts:
            first = " ".join(texts[0].removeprefix(_SIGNATURE).split())
            short = first if len(first) <= _LONGEST else first[:_LONGEST] + "…"
            more = f" (+{len(texts) - 1})" if len(texts) > 1 else ""
            lines.append(f"{phone.owner}：{short}{more}")
    return lines
