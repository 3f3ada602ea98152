"""Each public query of storage, with something to call it with. A new query asks for its line here."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import storage
from content.act import Act
from content.letter import Choice, Letter
from storage import (
    addresses,
    answering,
    answers,
    audience,
    bound_rows,
    changes,
    choices,
    clearness,
    consents,
    contacts,
    coverage,
    deliveries,
    dialogues,
    echoes,
    figures,
    former_addresses,
    inbox,
    invitations,
    key_check,
    ledger,
    lessons,
    lookahead,
    members,
    number_claims,
    occurrences,
    offices,
    once,
    outbox,
    overdue,
    people,
    post,
    pulse,
    recipients,
    resealing,
    roster_basis,
    rosters,
    sent_reports,
    sent_rosters,
    sight,
    silence,
    silent_pages,
    soundness,
    tally_check,
    tally_rebuild,
    unheard,
    units,
    viewings,
)
from storage.addresses import Address
from storage.brought import Brought, Written
from storage.claimed import Claimed
from storage.database import Transaction
from storage.files import Member
from storage.inbox import Raw, Received
from storage.invitations import Invitation
from storage.lessons import Sending
from storage.number_claims import Claim
from storage.sent_rosters import SentRoster
from storage.silence import Sought
from storage.units import Unit
from storage.viewer import Viewer, the_programme
from tests.storage import town
from tests.storage.town import MUCH_LATER, NOW

Query = Callable[..., Awaitable[object]]
LETTER = Letter(
    "请报平安", choices=((Choice("平安", Act(intent="check_in")), Choice("求助", Act(intent="help"))),)
)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Scene:
    """Enough of everything to ask any question: a member with a chat, a promise under lease, and so on."""

    unit: Unit
    member: Member
    newcomer: str
    looker: Viewer
    chat: Address
    claimed: Claimed
    received: Received
    invitation: Invitation
    code: str
    sending: Sending
    claim: Claim
    roster: SentRoster
    brought: Brought
    blind: bytes
    token: str
    offered: answering.Offered


class Arguments:
    def __init__(self, *args: object, **named: object) -> None:
        self.args = args
        self.named = named


async def set_scene(tx: Transaction) -> Scene:
    unit = await units.found(tx, NOW, "湖熟支部", place_code="320115")
    member_id = await town.newcomer(tx, "周远", unit)
    looker = await people.add(tx, NOW, "联系人")
    chat = await town.chat_of(tx, member_id)
    sending = await lessons.plan(tx, NOW, looker, "wages", NOW)
    await recipients.address_to(tx, sending, member_id)
    await outbox.promise(tx, NOW, outbox.to(chat), LETTER, "lesson", "k", sending.id)
    [claimed] = await deliveries.claim(tx, NOW, timedelta(minutes=1))
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
        received=received,
        invitation=invitation,
        code=code,
        sending=sending,
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
    audience.of_sender: lambda s: Arguments(s.looker, s.looker.person_id),
    audience.of_unit: lambda s: Arguments(s.looker, s.unit.path),
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
    coverage.in_sight: lambda s: Arguments(s.looker, s.unit.path, "wages"),
    coverage.of_sending: lambda s: Arguments(s.looker, s.sending.id, s.unit.path),
    coverage.by_branch: lambda s: Arguments(s.looker, s.sending.id),
    coverage.not_yet: lambda s: Arguments(s.looker, s.sending.id, s.unit.path, "0"),
    deliveries.claim: lambda _: Arguments(NOW + DAY, timedelta(minutes=1)),
    deliveries.end_leases_of_the_dead: lambda _: Arguments(NOW),
    deliveries.accepted: lambda s: Arguments(NOW, s.claimed, "provider-1"),
    deliveries.retry: lambda s: Arguments(s.claimed, "busy", NOW + DAY),
    deliveries.put_back: lambda s: Arguments(s.claimed, NOW + DAY),
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
    lessons.plan: lambda s: Arguments(NOW, s.looker.person_id, "safety", NOW + DAY),
    lessons.plan_once: lambda s: Arguments(NOW, s.looker.person_id, "wages", NOW),
    lessons.plan_for_unit: lambda s: Arguments(NOW, s.unit.id, "wages", NOW),
    recipients.latest_for: lambda s: Arguments(s.member.id),
    lessons.due: lambda _: Arguments(NOW),
    lessons.next_planned: lambda _: Arguments(NOW - DAY),
    lessons.mark_sent: lambda s: Arguments(NOW, s.sending),
    lessons.cancel: lambda s: Arguments(NOW, s.sending),
    recipients.address_to: lambda s: Arguments(s.sending, s.newcomer),
    recipients.answer: lambda s: Arguments(NOW, s.sending.id, s.member.id, 2, True),
    lessons.by_id: lambda s: Arguments(s.sending.id),
    lessons.made_by: lambda s: Arguments(s.looker.person_id),
    recipients.outcomes: lambda s: Arguments(s.looker, s.sending.id),
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
    occurrences.last_slot: lambda _: Arguments("remind"),
    occurrences.forget_ahead: lambda _: Arguments("remind", NOW),
    occurrences.strike: lambda _: Arguments(NOW, "remind", NOW),
    once.insert_once: lambda _: Arguments(
        occurrences.occurrences, {"job": "remind", "slot": NOW, "struck_at": NOW}
    ),
    once.insert_or_replace: lambda _: Arguments(
        occurrences.occurrences, {"job": "remind", "slot": NOW, "struck_at": NOW}
    ),
    answers.promise: lambda s: Arguments(NOW, outbox.to(s.chat), LETTER, s.received.id),
    outbox.offer_buttons: lambda s: Arguments(
        NOW, "m", outbox.to(s.chat), choices.with_tokens(LETTER.answers), "number"
    ),
    outbox.promise: lambda s: Arguments(NOW, outbox.to(s.chat), LETTER, "reply", "k2"),
    outbox.last_written: lambda s: Arguments(s.chat),
    answers.given: lambda s: Arguments(NOW, s.chat, NOW - DAY),
    outbox.note_unreachable: lambda s: Arguments(NOW, s.newcomer, "lesson", "k3", s.sending.id),
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
    people.name_of: lambda s: Arguments(s.looker.person_id),
    people.language_of: lambda s: Arguments(s.member.id),
    people.is_inside: lambda s: Arguments(s.member.id),
    people.has_joined: lambda s: Arguments(s.member.id, NOW),
    people.has_left: lambda s: Arguments(s.member.id),
    people.choose_language: lambda s: Arguments(s.member.id, "en"),
    people.stop_lessons: lambda s: Arguments(s.member.id, NOW),
    post.tell: lambda s: Arguments(NOW, s.member.id, LETTER, "notice", "k4"),
    post.best_door: lambda s: Arguments(s.member.id),
    unheard.unheard: lambda _: Arguments(NOW),
    unheard.told_of_cry: lambda s: Arguments(s.member.id, NOW),
    post.number_of: lambda s: Arguments(s.member.id),
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
    units.named: lambda s: Arguments(s.unit.name),
    units.holding: lambda _: Arguments("湖熟"),
    units.settle: lambda s: Arguments(s.unit, "320115"),
    units.everyone: lambda _: Arguments(),
    viewings.record: lambda s: Arguments(NOW, s.looker, s.member),
    viewings.how_many: lambda s: Arguments(s.looker, s.member.id),
    viewings.of_member: lambda s: Arguments(s.looker, s.member.id),
}
