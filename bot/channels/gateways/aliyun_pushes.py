"""What Alibaba Cloud brings to our door: SmsReport and SmsUp, each an array in the body of a POST."""

from __future__ import annotations

from bot.channels.contract import Receipt
from bot.channels.gateways.aliyun_details import BATCH
from bot.channels.gateways.asking import code_in
from bot.channels.gateways.pushed import Item, kept_text, word
from content.rules.phones import as_e164
from content.rules.receipts import word_for
from storage.inbox import Raw


def text(item: Item) -> Raw:
    """Of one text it always names the same sequence; where it names none it is known by all it says."""
    sequence = word(item, "sequence_id")
    known_by = f"aliyun:{sequence}" if sequence else ""
    return kept_text(word(item, "phone_number"), word(item, "content"), word(item, "send_time"), known_by)


def receipt(item: Item) -> Receipt | None:
    """One without an id, or that does not say how it ended, is none."""
    reference, batch = word(item, "out_id"), word(item, "biz_id")
    if reference.startswith(BATCH):
        reference = ""
    if not (reference or batch) or not isinstance(item.get("success"), bool):
        return None
    number = as_e164(word(item, "phone_number")) or ""
    if item["success"]:
        return Receipt(reference, "delivered", "", batch, number)
    reason = word_for("aliyun", code_in(item.get("err_code")), "not_delivered")
    return Receipt(reference, "failed", reason, batch, number)
