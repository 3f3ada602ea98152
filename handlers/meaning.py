"""What a word means: a pressed button, an answer to what was asked last, a command, or plain speech."""

from __future__ import annotations

from content.act import Act
from content.rules.office import understand_office
from content.rules.roles import may
from handlers import questions, spoken
from handlers.campaign import shown
from handlers.turn import Turn
from storage import answering, choices, dialogues

LONGEST = 2000
_COMMANDS = {
    "/start": "menu",
    "/menu": "menu",
    "/help": "menu",
    "/checkin": "check_in",
    "/move": "change_address",
    "/job": "change_job",
    "/phone": "change_phone",
    "/quiet": "quiet",
    "/ask": "help",
    "/me": "me",
    "/lesson": "lesson",
    "/stop": "stop",
    "/resume": "resume",
    "/language": "language",
    "/lessons": "lesson_reports",
}


async def of(turn: Turn) -> tuple[Act, ...]:
    """The acts in this turn's word; one `unknown` where it says nothing to us."""
    if turn.word.token:
        return (await _pressed(turn),)
    acts = await _sent(turn)
    await spoken.end_older_numbers(turn, acts[0])
    return acts


async def _sent(turn: Turn) -> tuple[Act, ...]:
    if turn.word.shared_a_contact:
        return (_card(turn),)
    text = turn.word.text.strip()
    if turn.word.document and (not text or may(turn.actor.roles, "secretary")):
        return (Act(intent="send_roster"),)
    if not text:
        return (Act(intent="wordless"),)
    if len(text) > LONGEST:
        return (await _too_long(turn, text),)
    if text.startswith("/"):
        return (_command(turn, text),)
    return await spoken.of(turn, text)


async def _pressed(turn: Turn) -> Act:
    offered = await answering.pressed(turn.tx, turn.now, _address_index(turn), turn.word.token)
    if offered is None or offered.person_id not in (None, turn.actor.id):
        return Act(intent="expired")
    if (seen := await shown.seen_before(turn, offered.act)) is not offered.act:
        return seen
    await choices.mark_answered(turn.tx, turn.now, offered.token)
    return await questions.still_good(turn, offered)


async def _too_long(turn: Turn, text: str) -> Act:
    """Whoever was asked for words hears how many there may be, and is asked again."""
    awaited = await dialogues.awaited(turn.tx, turn.now, turn.actor.id, turn.word.channel)
    asked = awaited is not None and awaited.about.get("verbatim") == "words"
    return Act(
        intent="too_long", n=len(text), about={"asked": awaited.to_json()} if awaited and asked else {}
    )


def _card(turn: Turn) -> Act:
    """One's own card may bear a new number; somebody else's is not kept."""
    if turn.word.own_contact:
        return Act(intent="change_phone", phone=turn.word.own_contact)
    return Act(intent="wordless", kind="card")


def _command(turn: Turn, text: str) -> Act:
    """A command of the office is given its meaning for everybody, and refused where it is heard."""
    name, _, rest = text.partition(" ")
    if name.lower() == "/start" and rest.strip():
        return Act(intent="opened_link")
    own = _COMMANDS.get(name.lower())
    office = understand_office(text)
    if office and (may(turn.actor.roles, "liaison") or own is None):
        return office
    return Act(intent=own or "unknown", text=text)


def _address_index(turn: Turn) -> bytes:
    return turn.tx.blind(turn.word.channel, turn.word.address)
