"""出海、进山: a planned absence, told beforehand, is not silence. (S9)"""

from __future__ import annotations

from datetime import date, timedelta

from content.act import Act
from content.letter import Choice, Letter
from content.rules.dates import find_until
from content.rules.names import masked
from content.rules.silence import due_day
from content.words.catalogue import Tongue
from content.words.keys import to_the_file
from handlers import liaison, menu, otherwise
from handlers.turn import Turn
from storage import changes, members
from storage.files import Member

LONGEST = timedelta(days=366)
LONGEST_REASON = 60


async def quiet(turn: Turn, act: Act) -> Letter:
    """Ask until when, then read the day back."""
    until = date.fromisoformat(act.until) if act.until else find_until(act.text, turn.today)
    if until is None or until <= turn.today:
        return await _ask_until(turn, act)
    until = min(until, turn.today + LONGEST)
    reason = (act.about.get("reason") or act.text or turn.word.text)[:LONGEST_REASON]
    day = turn.tongue.day_and_year(until)
    confirm = Choice(turn.say("对"), Act(intent="keep_quiet", until=until.isoformat(), text=reason))
    return Letter(
        chat=turn.say("到 {day} 为止可能联系不上您，这段时间我不催，对吗？", day=day),
        sms=turn.say("到{day}为止可能联系不上您，不催，对吗？", day=day),
        choices=((confirm, turn.choice(turn.say("重写"), "quiet")),),
    )


async def keep_quiet(turn: Turn, act: Act) -> Letter:
    """The member confirmed: nobody waits for them until that day, and a period longer."""
    until = date.fromisoformat(act.until)
    if until <= turn.today:
        return await otherwise.expired(turn, act)
    member = await turn.own_file()
    # The word itself is in the register already: whoever says one word was in touch once.
    await members.set_deadlines(turn.tx, member, turn.now, member.last_contact_kind, until)
    if member.quiet_until != until:
        said_before = member.quiet_until.isoformat() if member.quiet_until else ""
        change = turn.change(member, "quiet", said_before, until.isoformat())
        await changes.record(turn.tx, member, change)
        await members.note_texts(turn.tx, member, quiet_reason=act.text)
        await liaison.tell_liaison(turn, member, lambda t: _to_liaison(t, member, until))
    due = turn.tongue.day(due_day(turn.now, member.rhythm, until))
    return Letter(
        chat=turn.say(
            "记下了，这段时间不催您。平平安安，最晚 {due} 给我来个信。\n提前回来了，写一句“回来了”就行。",
            due=due,
        ),
        sms=turn.say("记下了，不催您。平平安安，最晚{due}来个信。提前回来请回“回来了”。", due=due),
        choices=menu.for_member(turn),
    )


async def _ask_until(turn: Turn, act: Act) -> Letter:
    about = {"asked": "until", "reason": act.about.get("reason") or turn.word.text[:LONGEST_REASON]}
    awaits = Act(intent="quiet", about=about)
    await turn.ask(awaits)
    return Letter(
        chat=turn.say("大概到什么时候能联系上？写个日子或时长就行，比如“三个月”“腊月二十”。"),
        sms=turn.say("大概到什么时候能联系上？如：三个月、腊月二十。"),
    )


def _to_liaison(t: Tongue, member: Member, until: date) -> Letter:
    day = t.day_and_year(until)
    return Letter(
        chat=t.say(
            "{name}（{unit}）说到 {day} 为止可能联系不上，这段时间不算失联。",
            name=member.name,
            unit=member.unit,
            day=day,
        ),
        sms=t.say("{who}说到{day}为止可能联系不上，不算失联。", who=masked(member.name), day=day),
        choices=to_the_file(t, member.id),
    )
