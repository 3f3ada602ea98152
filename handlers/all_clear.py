"""没事了: whoever was told of a cry for help is told that it is over."""

from __future__ import annotations

import re
from datetime import timedelta

from content.act import Act
from content.letter import Letter
from content.rules.names import masked
from content.rules.understanding.plain import bare, joined, plain
from content.words.catalogue import Tongue
from content.words.keys import to_the_file
from handlers import liaison, menu
from handlers.turn import Turn
from storage import unheard
from storage.files import Member
from storage.outbox import Kind

# Later than that nobody means the cry any more.
HOLDS_FOR = timedelta(days=1)
_OVER = re.compile(
    r"(?:我|我们|现在|已经|已|刚才?|是|都|不好意思|对不起|事情?|问题|这个|谢谢|放心)*"
    r"(?:没(?:什么|啥|有)?事(?:情|儿)?了|没事(?:情|儿)?|[按点发]错|误[按点触报]|不小心[按点]|手滑|"
    r"解决(?:好|完)?|得救|脱险|安全)(?:的|了|到|吧|您|你|你们|大家|谢谢|放心|不用管|不用来)*"
)


async def heard_in(turn: Turn, text: str) -> Act | None:
    """The act, where such words follow a cry for help of this member's; None where there was none."""
    if turn.actor.member is None or not _OVER.fullmatch(bare(joined(plain(text)))):
        return None
    return Act(intent="all_clear") if await _who_was_told(turn) else None


async def all_clear(turn: Turn, _act: Act) -> Letter:
    """To the same readers as the cry: who was not called off would still set out."""
    member = await turn.own_file()
    for person_id, urgent in (await _who_was_told(turn)).items():
        kind: Kind = "urgent" if urgent else "help"
        over = unheard.end_of(member.id)
        await liaison.write_to(turn, person_id, lambda t: _to_reader(t, member), kind, cause=over)
    return Letter(
        chat=turn.say("好，已告诉联系人：没事了。再有难处，随时写“求助”。"),
        choices=menu.for_member(turn),
    )


async def _who_was_told(turn: Turn) -> dict[str, bool]:
    return await unheard.told_of_cry(turn.tx, turn.actor.id, turn.now - HOLDS_FOR)


def _to_reader(t: Tongue, member: Member) -> Letter:
    return Letter(
        chat=t.say("{name}（{unit}）说：刚才的求助没事了。", name=member.name, unit=member.unit),
        sms=t.say("{who}说：刚才的求助没事了。", who=masked(member.name)),
        choices=to_the_file(t, member.id),
    )
