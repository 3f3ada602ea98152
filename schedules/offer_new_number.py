"""A number that seemed wrong has been changed: whoever was to look into it may send there what was not heard.

One tap, or one word. (S6, S7)
"""

from __future__ import annotations

from datetime import datetime

from content.act import Act
from content.letter import Choice, Letter
from content.rules.names import masked
from content.words.catalogue import Tongue, tongue
from storage import addresses, members, people, post, progress_letter, sending_again, task_closing
from storage.database import Transaction
from storage.files import Member
from storage.task_closing import OfOldNumber
from storage.viewer import the_programme


async def offer_new_number(tx: Transaction, now: datetime) -> int:
    """Tasks about numbers that are nobody's any more are done; how many."""
    found = await task_closing.about_old_numbers(tx)
    closed = await task_closing.close_those_of_old_numbers(tx, now) if found else 0
    for one in found:
        await _tell(tx, now, one)
    return closed


async def _tell(tx: Transaction, now: datetime, one: OfOldNumber) -> None:
    member = await members.find(tx, the_programme(), one.member_id)
    if member is None or not one.owner_id or not await _has_a_number(tx, member.id):
        return
    t = tongue(await people.language_of(tx, one.owner_id))
    titles = [
        await progress_letter.title_of(tx, t, campaign)
        for campaign in await sending_again.unheard_by(tx, now, member.id)
    ]
    if titles or one.was_told:
        letter = _letter(t, member, titles)
        await post.tell(tx, now, one.owner_id, letter, "notice", f"{one.task_id}:replaced")


async def _has_a_number(tx: Transaction, person_id: str) -> bool:
    doors = await addresses.of_person(tx, person_id)
    return any(door.channel == "sms" and door.verified for door in doors)


def _letter(t: Tongue, member: Member, titles: list[str]) -> Letter:
    done = t.say("{name}换了新号码，已经核对，核实号码那件办完了。", name=member.name)
    if not titles:
        brief = t.say("{who}换了新号码，已核对，不用再核实。", who=masked(member.name))
        return Letter(chat=done, sms=brief)
    act = Act(intent="send_to_new_number", about={"id": member.id})
    unheard = t.say("{titles}还没听到，要发到新号码吗？", titles=t.say("、").join(titles))
    return Letter(
        chat="\n".join([done, unheard]),
        sms=t.say("{who}换了新号码，已核对。没听到的{n}条要发去吗？", who=masked(member.name), n=len(titles)),
        choices=((Choice(t.say("发到新号码"), act),),),
    )
