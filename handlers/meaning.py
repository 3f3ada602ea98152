"""What a word means: a pressed button, an answer to what was asked last, a command, or plain speech."""

from __future__ import annotations

from content.act import Act
from content.rules.office import understand_office
from content.rules.roles import may
from content.rules.understanding import understand
from handlers import number_code, picking, replying
from handlers.turn import Turn
from storage import choices, dialogues

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
_TONGUES = {"english": "en", "英文": "en", "英语": "en", "中文": "zh", "汉语": "zh", "chinese": "zh"}


async def of(turn: Turn) -> tuple[Act, ...]:
    """The acts in this turn's word; one `unknown` where it says nothing to us."""
    if turn.word.token:
        return (await _pressed(turn),)
    if turn.word.shared_a_contact:
        return (_card(turn),)
    text = turn.word.text.strip()
    if not text:
        return (Act(intent="wordless"),)
    if len(text) > LONGEST:
        return (Act(intent="too_long"),)
    if text.startswith("/"):
        return (_command(turn, text),)
    return await _spoken(turn, text)


async def _pressed(turn: Turn) -> Act:
    offered = await choices.pressed(turn.tx, turn.now, _address_index(turn), turn.word.token)
    if offered is None or offered.person_id not in (None, turn.actor.id):
        return Act(intent="expired")
    return offered.act


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


async def _spoken(turn: Turn, text: str) -> tuple[Act, ...]:
    awaited = await dialogues.awaited(turn.tx, turn.now, turn.actor.id, turn.word.channel)
    office = understand_office(text) if may(turn.actor.roles, "liaison") else None
    if office and not (awaited and replying.is_a_note(awaited, text)):
        return (office,)
    code = await number_code.typed(turn, text)
    if code:
        return (code,)
    acts = understand(text, turn.today)
    asked = await choices.last_asked(turn.tx, turn.now, _address_index(turn))
    if asked and any(offered.person_id not in (None, turn.actor.id) for offered in asked):
        # It was put to somebody else who had this number: their answer is not this person's.
        asked = []
    chosen = picking.picked(acts, asked)
    if chosen:
        return (chosen,)
    if awaited and replying.is_reply(awaited, acts, text):
        return (replying.filled_in(awaited, acts, text),)
    wanted = _TONGUES.get(text.lower())
    return (Act(intent="language", about={"code": wanted}),) if wanted else acts


def _address_index(turn: Turn) -> bytes:
    return turn.tx.vault.blind(turn.word.channel, turn.word.address)
