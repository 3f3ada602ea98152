"""What a word means: a pressed button, an answer to what was asked last, a command, or plain speech."""

from __future__ import annotations

from content.act import Act
from content.rules import absence
from content.rules.office import understand_office
from content.rules.roles import may
from content.rules.understanding import understand
from content.words.keys import key_meant
from handlers import menu, number_code, questions, replying
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
_LOOKS_UP = frozenset({"find", "silent", "invite"})
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
    return await questions.still_good(turn, offered)


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
    key = key_meant(menu.own(turn), text)
    if key:
        return (key,)
    awaited = await dialogues.awaited(turn.tx, turn.now, turn.actor.id, turn.word.channel)
    acts = understand(text, turn.today)
    office = _order_of_the_office(turn, text, acts)
    if office and not (awaited and replying.is_a_note(awaited, text)):
        return (office,)
    code = await number_code.typed(turn, text)
    if code:
        return (code,)
    if turn.actor.member and turn.actor.member.quiet_until:
        acts = absence.ended(acts, text)
    if awaited and replying.is_taken_back(awaited, text):
        return (Act(intent="drop", about=awaited.about),)
    chosen = await questions.answered(turn, acts, text)
    if chosen:
        return (chosen,)
    if awaited and replying.is_reply(awaited, acts, text):
        return (replying.filled_in(awaited, acts, text),)
    put = await questions.read_back_last(turn)
    anew = replying.corrected(put, acts, text) if put else None
    if anew:
        return (anew,)
    wanted = _TONGUES.get(text.lower())
    if wanted:
        return (Act(intent="language", about={"code": wanted}),)
    refused = _of_the_office_only(text, acts)
    return (refused,) if refused else acts


def _order_of_the_office(turn: Turn, text: str, acts: tuple[Act, ...]) -> Act | None:
    """Of whoever holds an office; but an office holder in danger is heard before anything is looked up."""
    if not may(turn.actor.roles, "liaison"):
        return None
    office = understand_office(text)
    in_danger = any(act.urgent for act in acts)
    return None if office and in_danger and office.intent in _LOOKS_UP else office


def _of_the_office_only(text: str, acts: tuple[Act, ...]) -> Act | None:
    """失联 or 找张三 from a member says nothing else: it is heard as what it is, and refused kindly."""
    if acts[0].intent != "unknown":
        return None
    office = understand_office(text)
    return office if office and not (office.intent == "silent" and office.text) else None


def _address_index(turn: Turn) -> bytes:
    return turn.tx.vault.blind(turn.word.channel, turn.word.address)
