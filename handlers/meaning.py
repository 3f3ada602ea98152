"""What a word means: a pressed button, an answer to what was asked last, a command, or plain speech."""

from __future__ import annotations

from dataclasses import replace

from content.rules.office import understand_office

from content.act import Act
from content.rules.roles import may
from content.rules.understanding import understand
from handlers.turn import Turn
from storage import choices, dialogues

LONGEST = 2000
_AGREES, _REFUSES = "yes", "no"
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
    text = turn.word.text.strip()
    if len(text) > LONGEST:
        return (Act(intent="too_long"),)
    command = _command(turn, text)
    if command:
        return (command,)
    return await _spoken(turn, text)


async def _pressed(turn: Turn) -> Act:
    offered = await choices.pressed(turn.tx, turn.now, _address_index(turn), turn.word.token)
    if offered is None or offered.person_id not in (None, turn.actor.id):
        return Act(intent="expired")
    return offered.act


def _command(turn: Turn, text: str) -> Act | None:
    if may(turn.actor.roles, "liaison") and (office := understand_office(text)):
        return office
    if not text.startswith("/"):
        return None
    name = text.split(maxsplit=1)[0].split("@", maxsplit=1)[0].lower()
    return Act(intent=_COMMANDS.get(name, "unknown"), text=text)


async def _spoken(turn: Turn, text: str) -> tuple[Act, ...]:
    asked = await choices.last_asked(turn.tx, turn.now, _address_index(turn))
    awaited = await dialogues.awaited(turn.tx, turn.now, turn.actor.id, turn.word.channel)
    acts = understand(text, turn.now.astimezone(turn.house.zone).date())
    chosen = _chosen(acts, asked)
    if chosen:
        return (chosen,)
    if awaited and (awaited.about.get("verbatim") or _says_nothing_else(acts, awaited)):
        return (_answer(awaited, text, acts[0]),)
    return acts


def _chosen(acts: tuple[Act, ...], asked: list[choices.Offered] | None) -> Act | None:
    """The offered act that a bare number, a yes or a no picks; `expired` where the question is over."""
    act = acts[0]
    if len(acts) > 1 or act.intent not in ("choice", _AGREES, _REFUSES) or asked is None:
        return None
    if not asked:
        return Act(intent="expired")
    if act.intent == "choice":
        return next((offered.act for offered in asked if offered.n == act.n), None)
    wanted = "keep_" if act.intent == _AGREES else "drop"
    return next((offered.act for offered in asked if _is_answer(offered.act, wanted)), None)


def _is_answer(act: Act, wanted: str) -> bool:
    agreeing = ("join", "send_it", "new_phone_answers")
    return act.intent.startswith(wanted) or (wanted == "keep_" and act.intent in agreeing)


def _says_nothing_else(acts: tuple[Act, ...], awaited: Act) -> bool:
    plain = ("unknown", "choice", "ack", "yes", "no", "ask")
    return all(act.intent in (*plain, awaited.intent) for act in acts)


def _answer(awaited: Act, text: str, said: Act) -> Act:
    """The awaited act with the answer in it, and whatever else the answer says that it can use."""
    return replace(
        awaited,
        text=text,
        place=said.place,
        address=said.address,
        employer=said.employer,
        job=said.job,
        phone=said.phone,
        date=said.date,
        until=said.until,
    )


def _address_index(turn: Turn) -> bytes:
    return turn.tx.vault.blind(turn.word.channel, turn.word.address)
