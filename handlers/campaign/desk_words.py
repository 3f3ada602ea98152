"""改对象, 看名单, 确认, 不发了: what stands on a preview's buttons, typed while its draft is on the desk."""

from __future__ import annotations

from collections.abc import Mapping

from content.act import Act
from content.rules.roles import may
from content.words.catalogue import N_
from handlers import questions, replying
from handlers.campaign import drafted, shown
from handlers.turn import Turn

_BUTTONS: Mapping[str, Act] = {
    N_("改对象"): Act(intent="draft_whom"),
    N_("改时间"): Act(intent="plan_lesson"),
    N_("改文字"): Act(intent="draft_words"),
    N_("写英文版"): Act(intent="draft_english"),
    N_("试发给自己"): Act(intent="try_draft"),
    N_("看名单"): Act(intent="draft_people"),
    N_("夜里也发"): Act(intent="wake_them"),
    N_("全部"): Act(intent="only_for", text="全部"),
}
_EVERYBODY = ("all", "全体", "所有人", "全部人", "大家", "everybody", "everyone")
_SEND = ("发送", "发", "发吧", "发出", "发出去", "发出去吧", "可以发", "可以发了", "send", "send it")
_GIVES_UP = ("不发了", "不发", "还是不发了", "算了不发了", "都不发了", "don't send", "do not send")
_LEAVES_IT = ("先不发了", "先不发", "暂时不发", "暂时不发了", "以后再发", "not now")
_ASKED_OF_A_NEW_ONE = ("preview_lesson", "draft_words")


async def button_typed(turn: Turn, text: str) -> Act | None:
    """What changes the draft, or shows more of it."""
    if not may(turn.actor.roles, "liaison"):
        return None
    said = _bare(text)
    act = next((act for label, act in _BUTTONS.items() if said in (label, _bare(turn.say(label)))), None)
    if act is None and said in _EVERYBODY:
        act = _BUTTONS["全部"]
    return await _of_the_desk(turn, act) if act else None


async def settled(turn: Turn, text: str, awaited: Act | None) -> Act | None:
    """确认, 发送, 取消, 先不发了: a yes sends only what was seen last; else it is shown first."""
    if not may(turn.actor.roles, "liaison"):
        return None
    said = _bare(text)
    if said in _LEAVES_IT:
        return await _of_the_desk(turn, Act(intent="leave_draft"))
    if said in _GIVES_UP:
        return await _of_the_desk(turn, Act(intent="drop_draft"))
    if replying.is_called_off(text):
        return await _called_off(turn, said, awaited)
    return await _agreed(turn, text, awaited) if said in (*_SEND, *_confirm(turn)) else None


async def _called_off(turn: Turn, said: str, awaited: Act | None) -> Act | None:
    """算了 gives up a draft that was just begun; of one that was seen, only the change that was begun."""
    if awaited and awaited.about.get("draft"):
        begun = awaited.intent in _ASKED_OF_A_NEW_ONE and not awaited.about.get("changes")
        about = {"draft": awaited.about["draft"]}
        return Act(intent="drop_draft" if begun else "preview_draft", about=about)
    if awaited or await shown.asked_something_else(turn):
        return None
    of_the_desk = said in ("取消", "cancel", _bare(turn.say("取消"))) or await shown.previewed(turn)
    return await _of_the_desk(turn, Act(intent="drop_draft")) if of_the_desk else None


async def _agreed(turn: Turn, text: str, awaited: Act | None) -> Act | None:
    if awaited is None and await shown.is_open_for_a_yes(turn):
        return await questions.answered(turn, (Act(intent="yes"),), text)
    if awaited and not awaited.about.get("draft"):
        return None
    if await questions.waits_for_a_yes(turn) and awaited is None:
        return None
    about = awaited.about if awaited else {}
    again = Act(intent="preview_draft", about={**_draft_in(about), "again": "1"})
    return await _of_the_desk(turn, again)


async def _of_the_desk(turn: Turn, act: Act) -> Act | None:
    """The act about the draft on the desk; None where there is none, and the words mean something else."""
    draft = await drafted.own(turn, act)
    return act._replace(about={**act.about, "draft": draft.id}) if draft else None


def _draft_in(about: Mapping[str, str]) -> dict[str, str]:
    return {"draft": about["draft"]} if about.get("draft") else {}


def _confirm(turn: Turn) -> tuple[str, str]:
    return "确认", _bare(turn.say("确认"))


def _bare(text: str) -> str:
    return text.strip().strip("。.！!").casefold()
