"""回来了: a member is home again; nobody waits for check-ins any more."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules.names import masked
from content.words.catalogue import Tongue
from content.words.keys import to_the_file
from handlers import liaison, menu
from handlers.turn import Turn
from storage import changes, members
from storage.files import Member


async def return_home(turn: Turn, _act: Act) -> Letter:
    """Home for good, or only for the feast? That is what is read back."""
    confirm = turn.choice(turn.say("对，回来了"), "keep_return")
    return Letter(
        chat=turn.say("您已经回到家乡，不再外出了，对吗？"),
        sms=turn.say("您已回到家乡、不再外出，对吗？"),
        choices=((confirm, turn.choice(turn.say("还没"), "drop")),),
    )


async def keep_return(turn: Turn, _act: Act) -> Letter:
    """The address away is history from here on."""
    member = await turn.own_file()
    if member.quiet_until:
        await members.set_deadlines(turn.tx, member, turn.now, member.last_contact_kind, None)
    if member.whereabouts != "home":
        await changes.record(
            turn.tx, member, turn.change(member, "address", member.address, "", member.unit_place)
        )
        await members.note_texts(turn.tx, member, address="")
        await members.note_facts(
            turn.tx,
            member._replace(address=""),
            whereabouts="home",
            place_code=member.unit_place,
            out_since=None,
        )
        await liaison.tell_liaison(turn, member, lambda t: _to_liaison(t, member))
    return Letter(
        chat=turn.say("欢迎回家！已经告诉您的联系人。再外出时，写一句“我去苏州了”就行。"),
        sms=turn.say("欢迎回家！已告诉联系人。再外出请写：我去某地了。"),
        choices=menu.for_member(turn),
    )


def _to_liaison(t: Tongue, member: Member) -> Letter:
    return Letter(
        chat=t.say("{name}（{unit}）说已经返乡。方便时上门看看。", name=member.name, unit=member.unit),
        sms=t.say("{who}说已返乡，方便时上门看看。", who=masked(member.name)),
        choices=to_the_file(t, member.id),
    )
