"""Each public query of storage, with something to call it with. A new query asks for its line here."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from sqlalchemy import true

import storage
from content.act import Act
from content.letter import Choice, Letter
from content.rules.account import Price
from content.rules.audience import Audience
from content.rules.holidays import Holiday
from content.rules.progress import Progress
from content.words.catalogue import tongue
from schedules.timetable import TIMETABLE
from storage import (
    account,
    account_letter,
    addresses,
    answering,
    answers,
    audience,
    bound_rows,
    by_voice,
    campaign_life,
    campaigns,
    changes,
    choices,
    claiming,
    clearness,
    clocks,
    consents,
    contacts,
    coverage,
    deliveries,
    dialogues,
    drafts,
    due_letters,
    due_work,
    echoes,
    feeding,
    figures,
    former_addresses,
    hindered,
    holidays,
    in_charge,
    inbox,
    invitations,
    key_check,
    ladder,
    ladder_page,
    ledger,
    listing,
    lookahead,
    members,
    moved,
    number_claims,
    occurrences,
    offices,
    once,
    outbox,
    outcomes,
    overdue,
    people,
    post,
    progress,
    progress_letter,
    pulse,
    putting_aside,
    recipients,
    resealing,
    roster_basis,
    rosters,
    running,
    senders,
    sending_again,
    sent_reports,
    sent_rosters,
    series,
    series_members,
    settling,
    sight,
    silence,
    silent_pages,
    soundness,
    standing_letter,
    stoppable,
    suspects,
    tally_check,
    tally_rebuild,
    task_closing,
    task_follows,
    task_news,
    task_owners,
    task_tries,
    tasks,
    trial,
    unheard,
    unit_names,
    unit_notices,
    units,
    viewings,
)
from storage.addresses import Address
from storage.brought import Brought, Written
from storage.campaigns import Campaign
from storage.claimed import Claimed
from storage.database import Transaction
from storage.due_letters import DueLetter
from storage.files import Member
from storage.holidays import Calendar
from storage.inbox import Raw, Received
from storage.invitations import Invitation
from storage.number_claims import Claim
from storage.occurrences import Slot
from storage.outbox import BULK
from storage.sent_rosters import SentRoster
from storage.series import Series
from storage.silence import Sought
from storage.units import Unit
from storage.viewer import Viewer, the_programme
from tests.storage import town
from tests.storage.town import MUCH_LATER, NOW

Query = Callable[..., Awaitable[object]]
NARROWED = Audience(
    units=("c/",),
    places=("32",),
    trades=("building",),
    standings=("silent", "late", "due", "fresh"),
    languages=("zh",),
    only=("somebody",),
    but_not=("somebody else",),
)
ORDER = campaigns.Order("notice", words={"zh": "明天开会"}, audience=NARROWED)
ASKED = {job.name: job.asks for job in TIMETABLE if job.asks}
LETTER = Letter(
    "请报平安", choices=((Choice("平安", Act(intent="check_in")), Choice("求助", Act(intent="help"))),)
)
DAY = timedelta(days=1)
A_SERIES = Series("none", "running", "nobody", Audience(), 7, 3, time(19, 30), NOW)
SLOT = Slot("2026-11-02T09:00:00", NOW)
OCCURRENCE = {
    "job": "remind", "local_slot": SLOT.local, "slot": NOW, "struck_at": NOW, "outcome": "done"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """Enough of everything to ask any question: a member with a chat, a promise under lease, and so on."""

    unit: Unit
    member: Member
    newcomer: str
    looker: Viewer
    chat: Address
    claimed: Claimed
    due: DueLetter
    received: Received
    invitation: Invitation
    code: str
    campaign: Campaign
    claim: Claim
    roster: SentRoster
    brought: Brought
    blind: bytes
    token: str
    offered: answering.Offered


def _page(scene: Scene) -> ladder_page.Page:
    return ladder_page.Page([scene.campaign], MUCH_LATER)


def _news(scene: Scene) -> task_news.News:
    return task_news.News(scene.looker.person_id, "tell", scene.campaign.id, False, 1)


class Arguments:
    def __init__(self, *args: object, **named: object) -> None:
        self.args = args
        self.named = named


def _draft_of(scene: Scene) -> drafts.Draft:
    return drafts.Draft(scene.campaign, {}, at_once=True, approved=False, made_at=NOW)


async def set_scene(tx: Transaction) -> Scene:
    unit = await units.found(tx, NOW, "湖熟支部", place_code="320115")
    member_id = await town.newcomer(tx, "周远", unit)
    looker = await people.add(tx, NOW, "联系人")
    chat = await town.chat_of(tx, member_id)
    campaign = await campaigns.plan(tx, NOW, looker, "wages", NOW)
    await recipients.add(tx, campaign.id, member_id, "Asia/Shanghai")
    await outbox.promise(tx, NOW, outbox.to(chat), LETTER, "lesson", "k", campaign.id)
    [claimed] = await claiming.claim(tx, NOW, timedelta(minutes=1))
    [due] = await due_letters.due_letters(tx, NOW + DAY, 9, "telegram", 0, BULK)
    await inbox.keep(tx, NOW, [Raw("telegram", "1", {"text": "平安"})])
    [received] = await inbox.next_new(tx)
    code = await invitations.make(tx, NOW, member_id, looker)
    invitation = await invitations.behind(tx, NOW, code)
    assert invitation
    token = claimed.letter["buttons"][0][0][1]
    offered = await answering.pressed(tx, NOW, tx.vault.blind("telegram", chat.value), token)
    assert offered
    await sent_rosters.take_in(tx, NOW, looker, "telegram", "file-1")
    roster = await sent_rosters.next_due(tx, NOW)
    assert roster
    member, newcomer = await town.file_of(tx, member_id), await people.add(tx, NOW, "新来的")
    return Scene(
        unit=unit,
        roster=roster,
        brought=_brought(tx, unit, member, newcomer, chat),
        member=member,
        newcomer=newcomer,
        looker=Viewer(looker, units=(unit.path,)),
        chat=chat,
        claimed=claimed,
        due=due,
        received=received,
        invitation=invitation,
        code=code,
        campaign=campaign,
        claim=await number_claims.make(tx, NOW, member_id, "+8613900139002", "123456"),
        blind=tx.vault.blind("telegram", chat.value),
        token=token,
        offered=offered,
    )


def public_queries() -> set[Query]:
    """Every public async function of storage that works in a transaction of its caller."""
    modules = [
        importlib.import_module(f"storage.{found.name}")
        for found in pkgutil.iter_modules(storage.__path__)
        if not found.ispkg
    ]
    return {
        thing
        for module in modules
        for name, thing in vars(module).items()
        if inspect.iscoroutinefunction(thing)
        and thing.__module__ == module.__name__
        and not name.startswith("_")
        and "tx" in inspect.signature(thing).parameters
    }


def name_of(query: Query) -> str:
    return f"{query.__module__.removeprefix('storage.')}.{query.__name__}"


def _change_of_job(by: Member) -> changes.Change:
    return changes.Change("job", "瓦工", "电工", "", "", NOW, "telegram", by.id)


def _brought(tx: Transaction, unit: Unit, member: Member, newcomer: str, old: Address) -> Brought:
    brought = Brought(tx, NOW)
    brought.add_person("新人")
    brought.open_file(unit, _told(newcomer))
    brought.write(_told(member.id))
    brought.record_change(member.id, _change_of_job(member))
    brought.add_number(member.id, "+8613900139001")
    brought.ended_numbers.append(old.id)
    return brought


def _told(person_id: str) -> Written:
    return Written(person_id, {"job": "瓦工"}, {"out_since": NOW.date()})


QUERIES: Mapping[Query, Callable[[Scene], Arguments]] = {
    addresses.behind: lambda s: Arguments("telegram", s.chat.value),
    addresses.of_person: lambda s: Arguments(s.member.id),
    addresses.by_id: lambda s: Arguments(s.chat.id),
    addresses.add: lambda s: Arguments(NOW, s.member.id, "sms", "+8613900139001"),
    addresses.verify: lambda s: Arguments(NOW, s.chat),
    addresses.suspend: lambda s: Arguments(NOW, s.chat.id, "blocked"),
    addresses.revive: lambda s: Arguments(s.chat.id),
    addresses.end: lambda s: Arguments(NOW, s.chat.id),
    former_addresses.ended_lately: lambda s: Arguments("telegram", s.chat.value, "replaced", NOW - DAY),
    former_addresses.replaced_at: lambda s: Arguments(s.member.id, NOW),
    former_addresses.was_disowned: lambda s: Arguments(s.member.id, "telegram", s.chat.value),
    former_addresses.restore: lambda s: Arguments(s.chat),
    audience.shares: lambda s: Arguments(s.looker, NARROWED, NOW, s.newcomer),
    audience.page: lambda s: Arguments(s.looker, NARROWED, NOW, s.newcomer, "a", 3),
    audience.counted: lambda s: Arguments(s.looker, NARROWED, NOW, "standings", s.newcomer),
    audience.unit_above_all: lambda s: Arguments(s.looker, NARROWED, NOW, s.newcomer),
    audience.reach: lambda s: Arguments(s.looker, NARROWED, NOW, s.newcomer),
    clearness.gaps: lambda s: Arguments(s.looker, s.unit.path),
    clearness.lacking: lambda s: Arguments(s.looker, "dues", s.newcomer),
    clearness.of_member: lambda s: Arguments(s.looker, s.member.id),
    changes.record: lambda s: Arguments(s.member, _change_of_job(s.member)),
    changes.latest: lambda s: Arguments(s.looker, s.member.id, "job"),
    changes.history: lambda s: Arguments(s.looker, s.member.id),
    lookahead.look_ahead: lambda s: Arguments([("telegram", s.chat.value), ("sms", "+8613900139009")]),
    choices.offer: lambda s: Arguments(
        NOW, s.claimed.id, s.blind, s.member.id, choices.with_tokens(LETTER.choices)
    ),
    answering.pressed: lambda s: Arguments(NOW, s.blind, s.token),
    answering.beside: lambda s: Arguments(NOW, s.blind, s.token),
    answering.offered_lately: lambda s: Arguments(NOW, s.blind, s.looker.person_id),
    answering.last_asked: lambda s: Arguments(NOW, s.blind),
    choices.mark_answered: lambda s: Arguments(NOW, s.offered.token),
    choices.end_numbers: lambda s: Arguments(NOW, s.blind, s.member.id),
    choices.move: lambda s: Arguments(s.claimed.id, b"another"),
    consents.give: lambda s: Arguments(NOW, s.member.id, "keeping", "1", "telegram"),
    consents.given_by: lambda s: Arguments(s.member.id),
    consents.register: lambda s: Arguments(s.member.id),
    consents.take_back: lambda s: Arguments(NOW, s.member.id, "keeping"),
    contacts.heard: lambda s: Arguments(
        NOW, s.member, "check_in", "telegram", s.member.id, "平安", NOW.date()
    ),
    contacts.tried: lambda s: Arguments(NOW, s.member, s.looker.person_id, "无人接听"),
    contacts.note_words: lambda s: Arguments(s.looker, s.member.id, s.looker.person_id, "谈了工作"),
    contacts.latest: lambda s: Arguments(s.looker, s.member.id),
    ladder_page.next_page: lambda _: Arguments(NOW, 9),
    ladder.leave_in_peace: lambda s: Arguments(_page(s), True),
    ladder.leave_out: lambda s: Arguments(NOW, _page(s)),
    ladder.leave_out_of_cancelled: lambda _: Arguments(NOW - DAY, 9),
    ladder.sleeping_zones: lambda s: Arguments(_page(s)),
    ladder.wait_for_day: lambda s: Arguments(_page(s), "Asia/Shanghai", NOW, feeding.Patience(DAY, DAY)),
    ladder.wait_longer: lambda s: Arguments(_page(s), ladder.Since(NOW, NOW), NOW + DAY),
    ladder.call_off_what_waits: lambda s: Arguments(NOW, _page(s)),
    ladder.by_the_next_door: lambda s: Arguments(NOW, _page(s), feeding.Patience(DAY, DAY)),
    ladder_page.step: lambda s: Arguments(_page(s), true(), why="stopped"),
    by_voice.by_voice: lambda s: Arguments(NOW, _page(s), NOW + DAY),
    task_owners.in_charge: lambda _: Arguments(),
    task_owners.without_owner: lambda _: Arguments(NOW),
    task_owners.overdue: lambda _: Arguments(NOW, 9),
    task_owners.give: lambda s: Arguments(NOW, s.looker.person_id, ["t"], NOW + DAY, raised=True),
    task_owners.leave_with: lambda _: Arguments(["t"], NOW + DAY),
    task_news.untold: lambda _: Arguments(NOW),
    task_news.first_of: lambda s: Arguments(s.looker, _news(s), 9),
    task_news.told: lambda s: Arguments(NOW, _news(s)),
    task_news.open_by_owner: lambda s: Arguments(s.looker),
    tasks.by_id: lambda s: Arguments(s.looker, "t"),
    tasks.to_do: lambda s: Arguments(s.looker),
    tasks.with_somebody_else: lambda s: Arguments(s.looker),
    tasks.closed_by_viewer: lambda s: Arguments(s.looker, NOW),
    task_tries.tried: lambda _: Arguments(NOW, "t", NOW + DAY, NOW + DAY),
    task_tries.not_tried: lambda _: Arguments(NOW, "t"),
    task_closing.told_later: lambda s: Arguments(NOW, "t", s.looker.person_id, "call"),
    task_closing.open_again: lambda s: Arguments(NOW, "t", s.looker.person_id, NOW + DAY),
    task_closing.owner_need_not: lambda _: Arguments(NOW, "t"),
    task_follows.close_what_is_over: lambda _: Arguments(NOW),
    recipients.back_to_voice: lambda s: Arguments(s.campaign.id, s.member.id),
    contacts.take_back: lambda s: Arguments(s.member, s.looker.person_id, NOW),
    suspects.not_said_wrong: lambda s: Arguments(NOW, s.chat.id, s.looker.person_id),
    suspects.doubted_all_along: lambda _: Arguments("t"),
    tasks.load: lambda s: Arguments(s.looker),
    tasks.open_of_member: lambda s: Arguments(s.looker, s.member.id),
    task_follows.with_a_former_liaison: lambda _: Arguments(9),
    task_follows.of_nobody_s_member: lambda _: Arguments(9),
    task_follows.close_what_arrived: lambda _: Arguments(NOW),
    task_follows.needless: lambda _: Arguments(NOW),
    task_follows.needless_of: lambda s: Arguments(s.looker, s.looker.person_id),
    task_follows.by_ids: lambda s: Arguments(s.looker, ["t"]),
    task_follows.unasked: lambda s: Arguments(s.looker.person_id),
    moved.take_along: lambda s: Arguments([s.member.id]),
    hindered.hindrances: lambda _: Arguments(),
    hindered.doors: lambda _: Arguments(),
    hindered.administrators: lambda _: Arguments(),
    task_closing.close: lambda s: Arguments(NOW, "t", s.looker.person_id, "not_reached", "other", "病了"),
    task_closing.answered: lambda s: Arguments(NOW, s.campaign.id, s.member.id),
    task_closing.number_is_right: lambda s: Arguments(NOW, s.chat.id),
    task_closing.about_old_numbers: lambda _: Arguments(),
    sending_again.unheard_by: lambda s: Arguments(NOW, s.member.id),
    task_closing.close_those_of_old_numbers: lambda _: Arguments(NOW),
    suspects.failed_by_receipt: lambda s: Arguments(NOW, s.claimed.id, "no_such_number"),
    suspects.failed_for_good: lambda s: Arguments(NOW, s.chat.id, s.claimed.id, "chat_blocked"),
    suspects.doubt: lambda s: Arguments(NOW, s.chat.id, "no_such_number"),
    suspects.said_wrong: lambda s: Arguments(NOW, s.chat.id),
    suspects.said_right: lambda s: Arguments(NOW, s.chat.id, s.looker.person_id),
    suspects.proven: lambda s: Arguments(NOW, s.chat.id),
    suspects.wake_the_rested: lambda _: Arguments(NOW),
    suspects.open_tasks: lambda _: Arguments(NOW, NOW + DAY),
    coverage.in_sight: lambda s: Arguments(s.looker, s.unit.path, "wages"),
    coverage.of_campaign: lambda s: Arguments(s.looker, s.campaign.id, s.unit.path),
    coverage.by_branch: lambda s: Arguments(s.looker, s.campaign.id),
    coverage.not_yet: lambda s: Arguments(s.looker, s.campaign.id, s.unit.path, "0"),
    claiming.claim: lambda _: Arguments(NOW + DAY, timedelta(minutes=1)),
    claiming.take: lambda _: Arguments(NOW + DAY, timedelta(minutes=1), 9, "telegram"),
    claiming.leave_off: lambda s: Arguments(NOW, [claiming.NotToBeSent(s.due, "seal_broken")]),
    deliveries.end_leases_of_the_dead: lambda _: Arguments(NOW),
    deliveries.accepted: lambda s: Arguments(NOW, s.claimed.lease_until, {s.claimed.id: "8"}),
    deliveries.retry: lambda s: Arguments(s.claimed, "busy", NOW + DAY),
    deliveries.put_back: lambda s: Arguments([s.claimed], NOW + DAY),
    deliveries.failed: lambda s: Arguments(NOW, s.claimed, "refused"),
    deliveries.unknown: lambda s: Arguments(NOW, s.claimed, "timeout"),
    deliveries.send_elsewhere: lambda s: Arguments(NOW, s.claimed, s.chat),
    deliveries.receipt: lambda s: Arguments(NOW, s.claimed.id, True, ""),
    deliveries.next_due: lambda _: Arguments(),
    deliveries.tally: lambda _: Arguments(),
    dialogues.ask: lambda s: Arguments(NOW, s.member.id, "telegram", Act(intent="job")),
    dialogues.awaited: lambda s: Arguments(NOW, s.member.id, "telegram"),
    dialogues.asked_at: lambda s: Arguments(s.member.id, "telegram"),
    dialogues.answered: lambda s: Arguments(s.member.id, "telegram"),
    echoes.heard: lambda _: Arguments(NOW, "sms", "+8613900139001", "正在开车"),
    figures.counted: lambda s: Arguments(s.looker, NOW.date(), s.unit),
    inbox.keep: lambda _: Arguments(NOW, [Raw("sms", "2", {}), Raw("sms", "3", {})]),
    inbox.next_new: lambda _: Arguments(5),
    inbox.mark_done: lambda s: Arguments(NOW, [s.received]),
    inbox.mark_dead: lambda s: Arguments(NOW, s.received, "unreadable"),
    inbox.note_failure: lambda s: Arguments(s.received),
    inbox.tally: lambda _: Arguments(),
    invitations.make: lambda s: Arguments(NOW, s.member.id, s.looker.person_id),
    invitations.behind: lambda s: Arguments(NOW, s.code),
    invitations.still_open: lambda s: Arguments(NOW, s.invitation.id),
    invitations.use: lambda s: Arguments(NOW, s.invitation),
    invitations.note_wrong: lambda s: Arguments(NOW, "telegram", s.chat.value),
    invitations.wrong_lately: lambda s: Arguments(NOW, "telegram", s.chat.value),
    unit_notices.plan_for_unit: lambda s: Arguments(NOW, s.unit.id, ORDER, NOW),
    drafts.begin: lambda s: Arguments(NOW, s.looker.person_id, ORDER),
    drafts.by_id: lambda s: Arguments(s.campaign.id),
    drafts.unfinished: lambda s: Arguments(s.looker.person_id),
    drafts.waiting: lambda _: Arguments(),
    drafts.write: lambda s: Arguments(_draft_of(s), {"zh": "明天开会"}),
    drafts.aim: lambda s: Arguments(_draft_of(s), NARROWED),
    drafts.time: lambda s: Arguments(_draft_of(s), NOW + DAY, at_any_hour=True),
    drafts.step: lambda s: Arguments(s.campaign.id, ("draft",), state="planned"),
    drafts.left_waiting: lambda _: Arguments(NOW, NOW - DAY),
    outbox.caused_by: lambda s: Arguments(s.campaign.id),
    campaigns.plan: lambda s: Arguments(NOW, s.looker.person_id, "safety", NOW + DAY),
    campaigns.plan_once: lambda s: Arguments(NOW, s.looker.person_id, "wages", NOW),
    campaigns.plan_for_unit: lambda s: Arguments(NOW, s.unit.id, "wages", NOW),
    recipients.latest_for: lambda s: Arguments(s.member.id),
    campaign_life.due: lambda _: Arguments(NOW),
    campaigns.next_planned: lambda _: Arguments(NOW - DAY),
    campaign_life.cancel: lambda s: Arguments(NOW, s.campaign),
    recipients.add: lambda s: Arguments(s.campaign.id, s.newcomer, "Asia/Shanghai"),
    recipients.note: lambda s: Arguments(s.campaign.id, s.member.id, why="stopped"),
    recipients.stumbled: lambda s: Arguments(NOW, s.claimed.id),
    recipients.arrived_late: lambda s: Arguments(NOW, f"{s.campaign.id}.{s.member.id}.1"),
    feeding.write: lambda s: Arguments(
        NOW, s.campaign, [recipients.recipients.c.campaign_id == s.campaign.id], feeding.Patience(DAY, DAY)
    ),
    campaigns.make: lambda s: Arguments(NOW, s.looker.person_id, ORDER, NOW, unit_id=s.unit.id),
    campaigns.words_of: lambda s: Arguments(s.campaign.id),
    campaign_life.in_state: lambda _: Arguments("running"),
    campaign_life.start: lambda s: Arguments(NOW, s.campaign),
    campaign_life.pause: lambda s: Arguments(s.campaign.id),
    campaign_life.resume: lambda s: Arguments(s.campaign.id),
    campaign_life.finish: lambda s: Arguments(NOW, s.campaign.id),
    campaign_life.keep_back_the_rest: lambda s: Arguments(NOW, s.campaign.id),
    campaign_life.reopen: lambda s: Arguments(s.campaign.id),
    campaign_life.halted: lambda s: Arguments([s.campaign.id]),
    campaign_life.is_all_out: lambda s: Arguments(s.campaign.id),
    account.due: lambda _: Arguments(),
    account.note_told: lambda s: Arguments(NOW, s.campaign.id),
    account.of: lambda s: Arguments(s.campaign),
    account.missing: lambda s: Arguments(s.looker, s.campaign.id, 9),
    account_letter.written: lambda s: Arguments(NOW, "zh", s.looker, s.campaign, Price()),
    account_letter.lines: lambda s: Arguments(NOW, "zh", s.looker, s.campaign, Price()),
    sending_again.how_many: lambda s: Arguments(NOW, s.campaign._replace(state="finished")),
    sending_again.send_again: lambda s: Arguments(NOW, s.campaign._replace(state="finished")),
    series.make: lambda s: Arguments(NOW, s.looker.person_id, ["wages"], 7, 3, time(19, 30)),
    series.by_id: lambda _: Arguments("none"),
    series.of_states: lambda _: Arguments(series.GOING),
    series.lessons: lambda _: Arguments("none"),
    series.note_lesson: lambda _: Arguments("none", 1, skipped_at=NOW),
    series.step: lambda _: Arguments(NOW, "none", series.GOING, "ended"),
    series_members.enrol: lambda s: Arguments(NOW, s.looker, A_SERIES, lambda _: NOW, 9),
    series_members.due: lambda s: Arguments(NOW, s.looker, A_SERIES, 9),
    series_members.next_due: lambda _: Arguments(NOW),
    series_members.advance: lambda s: Arguments("none", s.member.id, 1, NOW),
    series_members.had_a_lesson: lambda s: Arguments(s.member.id, NOW),
    series_members.by_position: lambda s: Arguments(s.looker, "none"),
    series_members.how_far: lambda s: Arguments(s.looker, "none"),
    campaign_life.open_to_joiners: lambda s: Arguments(NOW, s.campaign.id),
    campaign_life.take_more: lambda s: Arguments(s.campaign.id),
    senders.may_stop_series: lambda s: Arguments(s.looker.person_id, s.newcomer),
    campaigns.ending_in: lambda s: Arguments(s.campaign.id[-6:]),
    progress.watched: lambda _: Arguments(),
    progress.begin: lambda s: Arguments(NOW, s.campaign.id, s.claimed.id),
    progress.note: lambda s: Arguments(s.campaign.id, NOW, "1 2", 2),
    progress.end: lambda s: Arguments(NOW, s.campaign.id),
    progress.begin_again: lambda s: Arguments(s.campaign.id),
    progress.figures: lambda s: Arguments(NOW, s.campaign, lambda _: NOW),
    progress_letter.progress_of: lambda s: Arguments(NOW, s.campaign),
    progress_letter.written: lambda s: Arguments(NOW, "zh", s.campaign, Progress()),
    progress_letter.title_of: lambda s: Arguments(tongue("zh"), s.campaign),
    senders.clock_of: lambda s: Arguments(s.campaign),
    senders.reached_below: lambda s: Arguments(s.campaign),
    senders.may_stop: lambda s: Arguments(s.campaign, s.looker.person_id),
    standing_letter.put_up: lambda s: Arguments(
        NOW, s.member.id, LETTER, LETTER.choices, "notice", "standing"
    ),
    standing_letter.rewrite: lambda s: Arguments(NOW, s.claimed.id, LETTER),
    stoppable.in_a_word: lambda s: Arguments(s.looker.person_id, ["planned"]),
    stoppable.by: lambda s: Arguments(s.looker.person_id, ["planned"]),
    stoppable.just_sent: lambda s: Arguments(s.looker.person_id, NOW),
    stoppable.last: lambda s: Arguments(s.looker.person_id, NOW),
    listing.list_next: lambda s: Arguments(NOW, s.looker, s.campaign._replace(audience=NARROWED), 9),
    feeding.waiting_zones: lambda s: Arguments(s.campaign.id),
    feeding.in_the_outbox: lambda _: Arguments(9),
    feeding.feed: lambda s: Arguments(NOW, s.campaign, "Asia/Shanghai", 9, feeding.Patience(DAY, DAY)),
    settling.unsettled: lambda _: Arguments("sms", [(NOW - DAY, NOW)]),
    settling.was_taken: lambda s: Arguments(s.claimed.id),
    settling.never_taken: lambda s: Arguments(NOW, s.claimed.id),
    settling.send_again: lambda _: Arguments(NOW, "sms", NOW),
    settling.letter_named: lambda _: Arguments("BizId-1", "+8613900000000"),
    settling.letter_unanswered: lambda _: Arguments(NOW, "BizId-1", "+8613900000000"),
    deliveries.unknown_but_urgent: lambda s: Arguments(NOW, s.claimed, "no_answer"),
    due_work.anything_for: lambda _: Arguments(NOW, due_work.all_of(ASKED)),
    due_letters.due_letters: lambda _: Arguments(NOW + DAY, 9, "telegram", 0, BULK),
    putting_aside.without_what_is_put_aside: lambda s: Arguments(NOW, [s.due], Calendar()),
    putting_aside.give_up: lambda s: Arguments(NOW, s.due, "expired"),
    post.move: lambda s: Arguments(s.claimed.id, s.chat),
    outcomes.of_campaign: lambda s: Arguments(s.looker, s.campaign.id),
    recipients.unread_notice: lambda s: Arguments(s.member.id, NOW - DAY),
    recipients.answer: lambda s: Arguments(NOW, s.campaign.id, s.member.id, 2, True),
    campaigns.by_id: lambda s: Arguments(s.campaign.id),
    campaigns.approval_of: lambda s: Arguments(s.campaign.id),
    campaigns.made_by: lambda s: Arguments(s.looker.person_id),
    members.enrol: lambda s: Arguments(NOW, s.newcomer, s.unit, s.looker.person_id, "home"),
    members.find: lambda s: Arguments(s.looker, s.member.id),
    members.everyone: lambda s: Arguments(s.looker, s.unit.path),
    members.called: lambda s: Arguments(s.looker, "周"),
    ledger.size: lambda s: Arguments(s.looker, s.unit.path),
    ledger.entries: lambda s: Arguments(s.looker, s.unit.path),
    viewings.record_all: lambda s: Arguments(NOW, s.looker, [s.member]),
    soundness.last_row_at: lambda _: Arguments(),
    resealing.keys_in_use: lambda _: Arguments(),
    key_check.check_key: lambda _: Arguments(),
    members.note_texts: lambda s: Arguments(s.member, address="苏州", job=""),
    members.note_facts: lambda s: Arguments(s.member, place_code="320505", out_since=date(2026, 3, 1)),
    members.entrust: lambda s: Arguments(s.member, s.looker.person_id),
    members.set_deadlines: lambda s: Arguments(s.member, NOW, "check_in", None),
    sent_rosters.take_in: lambda s: Arguments(NOW, s.looker.person_id, "telegram", "file-2"),
    sent_rosters.next_due: lambda _: Arguments(NOW),
    sent_rosters.of_person: lambda s: Arguments(s.looker.person_id, s.roster.id),
    sent_rosters.move: lambda s: Arguments(NOW, s.roster.id, "sent", "shown"),
    sent_rosters.settle: lambda s: Arguments(NOW, s.roster.id, "sent", "declined"),
    sent_rosters.put_off: lambda s: Arguments(s.roster, NOW + DAY),
    sent_rosters.expire: lambda _: Arguments(NOW + DAY),
    sent_reports.note_report: lambda s: Arguments(s.roster.id, s.claimed.id),
    sent_reports.forget_reports: lambda _: Arguments(),
    sent_reports.are_left: lambda _: Arguments(),
    sent_rosters.is_work_left: lambda _: Arguments(NOW),
    number_claims.make: lambda s: Arguments(NOW, s.member.id, "+8613900139001", "123456"),
    number_claims.open_of: lambda s: Arguments(NOW, s.member.id),
    number_claims.open_at: lambda s: Arguments(NOW, s.claim.value),
    number_claims.open_with: lambda s: Arguments(NOW, s.claim.id),
    number_claims.try_code: lambda s: Arguments(NOW, s.claim, "000000"),
    number_claims.end_open: lambda s: Arguments(NOW, s.member.id, "moved"),
    number_claims.moved_lately: lambda s: Arguments(NOW, s.member.id),
    number_claims.undo: lambda s: Arguments(s.claim),
    number_claims.made_in_a_day: lambda s: Arguments(NOW, s.member.id),
    number_claims.texted_in_a_day: lambda s: Arguments(NOW, s.claim.value),
    holidays.known: lambda _: Arguments(),
    holidays.bring: lambda _: Arguments(2027, [Holiday(date(2027, 1, 1), "元旦")]),
    holidays.forget: lambda _: Arguments(2027),
    occurrences.count_from: lambda _: Arguments(NOW, "remind"),
    occurrences.last_slot: lambda _: Arguments("remind", NOW),
    occurrences.forget_ahead: lambda _: Arguments("remind", NOW),
    occurrences.take: lambda _: Arguments(NOW, "remind", SLOT),
    occurrences.settle: lambda _: Arguments(NOW, "remind", SLOT),
    occurrences.pass_over: lambda _: Arguments(NOW, "remind", [SLOT], "let go"),
    occurrences.let_go: lambda _: Arguments(NOW),
    once.insert_once: lambda _: Arguments(occurrences.occurrences, OCCURRENCE),
    once.insert_or_replace: lambda _: Arguments(occurrences.occurrences, OCCURRENCE),
    answers.promise: lambda s: Arguments(NOW, outbox.to(s.chat), LETTER, s.received.id),
    outbox.offer_buttons: lambda s: Arguments(
        NOW, "m", outbox.to(s.chat), choices.with_tokens(LETTER.answers), "number"
    ),
    outbox.promise: lambda s: Arguments(NOW, outbox.to(s.chat), LETTER, "reply", "k2"),
    outbox.last_written: lambda s: Arguments(s.chat),
    answers.given: lambda s: Arguments(NOW, s.chat, NOW - DAY),
    outbox.note_unreachable: lambda s: Arguments(NOW, s.newcomer, "lesson", "k3", s.campaign.id),
    outbox.call_off: lambda s: Arguments(NOW, s.member.id),
    people.add: lambda _: Arguments(NOW, "新人"),
    people.the_one_who_acts: lambda s: Arguments(s.member.id),
    offices.offices_of: lambda s: Arguments(s.looker.person_id),
    offices.viewer_of: lambda s: Arguments(s.looker.person_id),
    offices.grant: lambda s: Arguments(NOW, s.looker.person_id, "secretary", s.unit),
    offices.revoke: lambda s: Arguments(NOW, s.looker.person_id, "liaison", s.unit),
    offices.everyone_in_office: lambda _: Arguments(),
    offices.gave_up: lambda s: Arguments(s.looker.person_id, "liaison", s.unit),
    offices.holders: lambda s: Arguments(s.unit.path, ["secretary"]),
    offices.others_above: lambda s: Arguments(s.unit.path, ["secretary"], s.looker.person_id),
    people.name_of: lambda s: Arguments(s.looker.person_id),
    people.language_of: lambda s: Arguments(s.member.id),
    people.is_inside: lambda s: Arguments(s.member.id),
    people.has_joined: lambda s: Arguments(s.member.id, NOW),
    people.has_left: lambda s: Arguments(s.member.id),
    people.choose_language: lambda s: Arguments(s.member.id, "en"),
    people.stop_lessons: lambda s: Arguments(s.member.id, NOW),
    clocks.clocks_of: lambda s: Arguments(s.member.id),
    clocks.awake_at: lambda s: Arguments(NOW, s.member.id),
    post.tell: lambda s: Arguments(NOW, s.member.id, LETTER, "notice", "k4"),
    post.best_door: lambda s: Arguments(s.member.id),
    unheard.unheard: lambda _: Arguments(NOW),
    unheard.told_of_cry: lambda s: Arguments(s.member.id, NOW),
    post.number_of: lambda s: Arguments(s.member.id),
    in_charge.doors_of_admins: lambda _: Arguments(),
    trial.try_to_write: lambda _: Arguments(NOW),
    pulse.pulse: lambda _: Arguments(NOW),
    pulse.database_bytes: lambda _: Arguments(),
    roster_basis.looked_at: lambda _: Arguments(),
    roster_basis.owners_of: lambda _: Arguments(["+8613900139001"]),
    roster_basis.disowned: lambda _: Arguments(),
    bound_rows.insert_rows: lambda s: Arguments(s.brought.people),
    rosters.bring: lambda s: Arguments(NOW, s.brought),
    rosters.grant_liaisons: lambda s: Arguments(NOW, [(s.newcomer, s.unit)], None),
    silence.silent: lambda s: Arguments(s.looker, MUCH_LATER, Sought(MUCH_LATER.date(), "32")),
    silence.how_many: lambda s: Arguments(s.looker, MUCH_LATER, Sought(place_prefix="32")),
    silence.counts: lambda s: Arguments(s.looker, MUCH_LATER),
    overdue.ahead_of_the_clock: lambda _: Arguments(the_programme(), NOW),
    overdue.to_remind: lambda _: Arguments(the_programme(), MUCH_LATER),
    overdue.to_report: lambda _: Arguments(the_programme(), MUCH_LATER, MUCH_LATER),
    sight.tops: lambda s: Arguments(s.looker),
    silent_pages.page: lambda s: Arguments(s.looker, MUCH_LATER, Sought(), "", 50),
    tally_check.units_apart: lambda _: Arguments(),
    tally_rebuild.wrong: lambda _: Arguments(),
    tally_rebuild.rebuild: lambda _: Arguments(),
    tally_rebuild.fold: lambda _: Arguments(),
    units.keep: lambda s: Arguments(NOW, replace(s.unit, id="new", path="new/", name="柳塘支部")),
    units.found: lambda s: Arguments(NOW, "一组", "group", s.unit),
    units.by_id: lambda s: Arguments(s.unit.id),
    running.seen: lambda _: Arguments(NOW, DAY),
    running.last_stillness: lambda _: Arguments(NOW - DAY),
    campaign_life.meant_for_then: lambda _: Arguments(NOW, NOW, NOW),
    unit_names.told_apart: lambda s: Arguments(s.looker, [s.unit.path]),
    unit_names.in_full: lambda s: Arguments("镇" + s.unit.name),
    units.named: lambda s: Arguments(s.unit.name),
    units.holding: lambda _: Arguments("湖熟"),
    units.settle: lambda s: Arguments(s.unit, "320115"),
    units.everyone: lambda _: Arguments(),
    viewings.record: lambda s: Arguments(NOW, s.looker, s.member),
    viewings.how_many: lambda s: Arguments(s.looker, s.member.id),
    viewings.of_member: lambda s: Arguments(s.looker, s.member.id),
}
