"""Who hears what: a word comes in, is given its meaning, and goes to the one handler for it.

A newcomer who wants to change what an intent does finds its file in the table below.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from content.act import Act
from content.letter import Letter
from content.rules.roles import Role, may
from handlers import (
    all_clear,
    ask_help,
    back,
    campaign_control,
    campaign_halt,
    change_address,
    change_job,
    change_phone,
    check_in,
    contact_note,
    contact_words,
    dispute,
    dues,
    figures,
    fill_in,
    hearing,
    invite,
    language,
    ledger_by_chat,
    lesson_answer,
    lesson_coverage,
    lesson_plan,
    lesson_report,
    machines,
    meaning,
    member_file,
    menu,
    my_file,
    not_me,
    number_code,
    only_sms,
    otherwise,
    pass_on,
    quiet,
    remind,
    return_home,
    send_again,
    sent_how_far,
    sent_roster,
    series_making,
    series_shown,
    several,
    silent,
    six_clear,
    stop,
    taken_back,
    task_back,
    task_done,
    task_opened,
    task_spoken,
    tasks,
    vouch_number,
    withdraw,
)
from handlers.campaign import (
    approval,
    decision,
    desk,
    people_page,
    preview,
    read,
    send,
    to_decide,
    trial,
    when,
    whom,
    whom_by,
    whom_in_words,
    words,
)
from handlers.joining import doorstep, threshold, welcome
from handlers.turn import Turn

Handler = Callable[[Turn, Act], Awaitable[Letter]]

FOR_MEMBERS: Mapping[str, Handler] = {
    "check_in": check_in.check_in,
    "back": back.back,
    "change_address": change_address.change_address,
    "keep_address": change_address.keep_address,
    "depart": change_address.change_address,
    "return": return_home.return_home,
    "keep_return": return_home.keep_return,
    "change_job": change_job.change_job,
    "keep_job": change_job.keep_job,
    "change_phone": change_phone.change_phone,
    "keep_phone": change_phone.keep_phone,
    "prove_number": number_code.prove_number,
    "quiet": quiet.quiet,
    "keep_quiet": quiet.keep_quiet,
    "help": ask_help.ask_help,
    "all_clear": all_clear.all_clear,
    "pass_on": pass_on.pass_on,
    "ask": pass_on.pass_on,
    "opinion": pass_on.pass_on,
    "lesson_answer": lesson_answer.lesson_answer,
    "lesson": lesson_answer.latest_lesson,
    "me": my_file.my_file,
    "my_gaps": my_file.my_gaps,
    "my_changes": my_file.my_changes,
    "my_lookers": my_file.my_lookers,
    "fill_in": fill_in.fill_in,
    "give_reason": fill_in.give_reason,
    "ask_since": fill_in.ask_since,
    "keep_since": fill_in.keep_since,
    "stop": stop.stop,
    "resume": stop.resume,
    "withdraw": withdraw.withdraw,
    "leave": withdraw.leave,
    "only_sms": only_sms.only_sms,
    "keep_only_sms": only_sms.keep_only_sms,
    "not_me": not_me.not_me,
    "disown": not_me.disown,
    "points": otherwise.not_yet,
    "dues": dues.dues,
    "certificate": otherwise.not_yet,
    "make_up": otherwise.not_yet,
}

FOR_ANYBODY: Mapping[str, Handler] = {
    "menu": menu.menu,
    "language": language.language,
    "drop": otherwise.drop,
    "dispute": dispute.dispute,
    "ack": read.acknowledged,
    "notice_read": read.notice_read,
    "yes": otherwise.thanks,
    "no": otherwise.drop,
    "choice": otherwise.nothing_asked,
    "unknown": otherwise.not_understood,
    "expired": otherwise.expired,
    "overtaken": otherwise.overtaken,
    "answered_already": otherwise.answered_already,
    "too_long": words.cannot_be_read,
    "trial_answer": trial.trial_answer,
    "wordless": otherwise.wordless,
    "opened_link": welcome.already_inside,
    "join": welcome.already_inside,
    "ask_in": welcome.already_inside,
    "decline": otherwise.drop,
    "send_roster": sent_roster.take_in,
    "import_roster": sent_roster.accept,
    "drop_roster": sent_roster.decline,
}

FOR_LIAISONS: Mapping[str, Handler] = {
    "silent": silent.silent,
    "figures": figures.figures,
    "six_clear": six_clear.six_clear,
    "find": member_file.find,
    "open_file": member_file.open_file,
    "remind": remind.remind,
    "note": contact_note.note,
    "note_contact": contact_note.note_contact,
    "note_words": contact_words.note_words,
    "invite": invite.invite,
    "vouch_number": vouch_number.vouch_number,
    "keep_vouched": vouch_number.keep_vouched,
    "send_lesson": lesson_plan.choose_lesson,
    "plan_lesson": lesson_plan.choose_time,
    "preview_lesson": lesson_plan.preview,
    "send_it": send.send_it,
    "drop_draft": send.drop_draft,
    "leave_draft": desk.leave_draft,
    "send_notice": words.send_notice,
    "draft_words": words.draft_words,
    "draft_english": words.draft_english,
    "drafts": desk.unfinished,
    "preview_draft": preview.preview_draft,
    "draft_whom": whom.draft_whom,
    "draft_by": whom_by.draft_by,
    "draft_people": people_page.draft_people,
    "draft_until": when.draft_until,
    "wake_them": when.wake_them,
    "only_for": whom_in_words.only_for,
    "not_for": whom_in_words.not_for,
    "try_draft": trial.try_draft,
    "try_with": trial.try_with,
    "approve_campaign": decision.approve_campaign,
    "decide_which": to_decide.decide_which,
    "take_back": taken_back.take_back,
    "return_campaign": decision.return_campaign,
    "read_campaign": decision.read_campaign,
    "take_back_draft": approval.take_back_draft,
    "lesson_reports": lesson_report.reports,
    "lesson_report": lesson_report.report,
    "lesson_not_yet": lesson_coverage.lesson_not_yet,
    "lesson_picture": lesson_coverage.lesson_picture,
    "lessons_picture": lesson_coverage.lessons_picture,
    "cancel_lesson": lesson_plan.cancel,
    "send_again": send_again.send_again,
    "keep_send_again": send_again.keep_send_again,
    "send_to_new_number": send_again.send_to_new_number,
    "series_list": series_shown.series_list,
    "series_show": series_shown.series_show,
    "series_pause": series_shown.series_pause,
    "series_resume": series_shown.series_resume,
    "series_end": series_shown.series_end,
    "keep_series_ended": series_shown.keep_series_ended,
    "series_new": series_making.series_new,
    "series_pick": series_making.series_pick,
    "series_pace": series_making.series_pace,
    "series_catch_up": series_making.series_catch_up,
    "series_hour": series_making.series_hour,
    "series_preview": series_making.series_preview,
    "keep_series": series_making.keep_series,
    "pause_campaign": campaign_control.pause_campaign,
    "resume_campaign": campaign_control.resume_campaign,
    "cancel_campaign": campaign_control.cancel_campaign,
    "halt_campaign": campaign_halt.halt_campaign,
    "keep_back_the_rest": campaign_halt.keep_back_the_rest,
    "how_far": sent_how_far.how_far,
    "who_missed": sent_how_far.who_missed,
    "ledger": ledger_by_chat.ledger,
    "tasks": tasks.to_do,
    "open_task": task_opened.open_task,
    "task_words": task_opened.task_words,
    "close_task": task_done.close_task,
    "task_why": task_done.task_why,
    "task_in_touch": task_done.task_in_touch,
    "keep_task_open": task_done.keep_task_open,
    "end_which": task_spoken.end_which,
    "reopen_task": task_back.reopen_task,
}


# What is counted of somebody we do not know.
STRANGER = "stranger"
INTENTS = frozenset((STRANGER, *FOR_MEMBERS, *FOR_ANYBODY, *FOR_LIAISONS))


async def answer(turn: Turn) -> Letter | None:
    """What to say to the one who spoke; None where a machine seems to speak, which would answer that."""
    if turn.is_stranger:
        turn.house.meant(STRANGER)
        return await doorstep.stranger(turn)
    acts = await meaning.of(turn)
    for act in acts:
        turn.house.meant(act.intent)
    patience = await machines.patience_with(turn, acts)
    if threshold.is_inside(turn):
        turn = await hearing.hear(turn, acts, is_contact=not patience.is_echo)
    if patience.just_now:
        return None
    if patience.on_its_own:
        return machines.are_you_there(turn)
    if patience.answers_left > 0:
        return await _answered(turn, acts)
    return await _past_patience(turn, acts, patience)


async def _past_patience(turn: Turn, acts: tuple[Act, ...], patience: machines.Patience) -> Letter | None:
    """What a person asks for is done however often they wrote; only answers are saved."""
    theirs = machines.a_persons(turn, acts)
    letter = await _answered(turn, theirs) if theirs else None
    if letter and patience.answers_left > machines.least_left(theirs):
        return letter
    return machines.last_word(turn) if patience.answers_left == 0 else None


async def _answered(turn: Turn, acts: tuple[Act, ...]) -> Letter:
    if not threshold.is_inside(turn):
        return await threshold.on_the_threshold(turn, acts)
    return await several.answer_each(turn, acts, _handle)


async def _handle(turn: Turn, act: Act) -> Letter:
    role, handler = _who_hears(act)
    if role is not None and not may(turn.actor.roles, role):
        return otherwise.not_yours(turn)
    if role == "member" and turn.actor.member is None:
        return otherwise.only_members(turn, act)
    return await handler(turn, act)


def _who_hears(act: Act) -> tuple[Role | None, Handler]:
    if act.intent in FOR_LIAISONS:
        return "liaison", FOR_LIAISONS[act.intent]
    if act.intent in FOR_MEMBERS:
        return "member", FOR_MEMBERS[act.intent]
    return None, FOR_ANYBODY.get(act.intent, otherwise.not_understood)
