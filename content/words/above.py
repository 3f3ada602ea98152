"""What a secretary reads below a letter meant for a liaison: who else knows, and what is theirs to do."""

from __future__ import annotations

from typing import Literal

from content.letter import Letter
from content.words.catalogue import Tongue

Knows = Literal["knows", "not_reached", "nobody"]


def as_read_above(t: Tongue, letter: Letter, liaison: str, knows: Knows) -> Letter:
    """`liaison` is the name of the member's liaison, empty where there is none."""
    if knows == "knows":
        more = t.say("联系人 {name} 也收到了。您可以先问问进展，也可以直接联系本人。", name=liaison)
        short = t.say("联系人也已收到。")
    elif knows == "not_reached":
        more = t.say("联系人 {name} 现在收不到消息，请您来跟进。", name=liaison)
        short = t.say("联系人收不到消息，请您跟进。")
    else:
        more = t.say("这位党员还没有联系人，请您来跟进。")
        short = t.say("还没有联系人，请您跟进。")
    sms = t.say("{one}{another}", one=letter.sms, another=short) if letter.sms else ""
    return letter._replace(chat=f"{letter.chat}\n\n{more}", sms=sms)
