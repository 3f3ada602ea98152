"""What somebody said once is there the next day, as they said it, until they say otherwise."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from content.act import Act
from content.rules.roles import Role
from content.rules.silence import Rhythm
from storage import (
    addresses,
    campaign_life,
    campaigns,
    changes,
    consents,
    contacts,
    dialogues,
    inbox,
    invitations,
    members,
    occurrences,
    offices,
    overdue,
    people,
    recipients,
    silence,
    units,
    viewings,
)
from storage.addresses import AddressTaken
from storage.columns import Moment
from storage.database import Database, Transaction
from storage.files import Member
from storage.inbox import Raw
from storage.occurrences import LetGo, Slot
from storage.silence import Counts, Sought
from storage.viewer import Viewer, the_programme
from storage.viewings import Looker
from tests.storage import town
from tests.storage.town import MUCH_LATER, NOW

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
PHONE = "+8613900139001"


async def _member(tx: Transaction, name: str = "周远") -> Member:
    unit = await units.found(tx, NOW, f"{name}的支部")
    return await town.file_of(tx, await town.newcomer(tx, name, unit))


@given(st.datetimes(min_value=datetime(1921, 7, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
@settings(deadline=None, max_examples=200)
def test_a_moment_comes_back_to_the_microsecond(moment: datetime) -> None:
    kept = Moment().bind_processor(sqlite.dialect())(moment)
    assert Moment().result_processor(sqlite.dialect(), None)(kept) == moment


async def test_a_moment_without_its_zone_is_refused(database: Database) -> None:
    async with database.writing() as tx:
        with pytest.raises(StatementError, match="time zone"):
            await occurrences.count_from(tx, NOW.replace(tzinfo=None), "remind")


async def test_ids_sort_in_the_order_they_were_made_also_when_the_clock_goes_back(database: Database) -> None:
    async with database.writing() as tx:
        made = [tx.new_id(NOW) for _ in range(50)] + [tx.new_id(NOW - HOUR), tx.new_id(NOW + HOUR)]
    assert made == sorted(set(made))


async def test_a_file_keeps_what_was_said_and_forgets_what_was_cleared(database: Database) -> None:
    async with database.writing() as tx:
        member = await _member(tx)
        await members.note_texts(tx, member, address="苏州吴中区", job="瓦工", reason="务工")
        await members.note_facts(tx, member, place_code="320506", out_since=date(2026, 3, 1))
        await members.note_texts(tx, member, job="")
    async with database.reading() as tx:
        found = await town.file_of(tx, member.id)
    assert found == member._replace(
        address="苏州吴中区", reason="务工", place_code="320506", out_since=date(2026, 3, 1)
    )


async def test_a_new_unit_takes_its_parent_s_place_and_rhythm(database: Database) -> None:
    async with database.writing() as tx:
        county = await units.found(tx, NOW, "县", "committee", None, "320115", Rhythm(14, 3, "Asia/Urumqi"))
        branch = await units.found(tx, NOW, "支部", parent=county)
        assert await units.by_id(tx, branch.id) == branch
        assert [unit.id for unit in await units.everyone(tx)] == [county.id, branch.id]
        assert await units.named(tx, "支部") == [branch]
    assert (branch.place_code, branch.rhythm) == (county.place_code, county.rhythm)
    assert branch.path == f"{county.path}{branch.id}/"


async def test_a_word_ends_the_silence_and_what_was_done_about_it(database: Database) -> None:
    async with database.writing() as tx:
        member = await _member(tx)
        await members.note_facts(tx, member, reminded_at=NOW, reported_at=NOW)
        assert member.standing(MUCH_LATER) == "silent"
        await contacts.heard(tx, MUCH_LATER, member, "check_in", "sms", member.id, "平安")
        found = await town.file_of(tx, member.id)
        [contact] = await contacts.latest(tx, the_programme(), member.id)
    assert found.standing(MUCH_LATER) == "fresh"
    assert (found.reminded_at, found.reported_at) == (None, None)
    assert (found.last_contact_at, found.last_contact_kind) == (MUCH_LATER, "check_in")
    assert (contact.kind, contact.channel, contact.note) == ("check_in", "sms", "平安")


async def test_a_call_that_reached_nobody_is_in_the_register_and_ends_no_silence(database: Database) -> None:
    async with database.writing() as tx:
        member = await _member(tx)
        await contacts.tried(tx, MUCH_LATER, member, member.id, "关机")
        [contact] = await contacts.latest(tx, the_programme(), member.id)
        assert (contact.kind, contact.note) == ("not_reached", "关机")
        assert await town.file_of(tx, member.id) == member


async def test_words_of_a_talk_go_to_the_talker_s_own_last_contact(database: Database) -> None:
    async with database.writing() as tx:
        member = await _member(tx)
        liaison = await people.add(tx, NOW, "联系人")
        await members.entrust(tx, member, liaison)
        assert not await contacts.note_words(tx, Viewer(liaison), member.id, liaison, "尚未联系")
        await contacts.heard(tx, NOW, member, "call", "voice", liaison)
        await contacts.heard(tx, NOW + HOUR, member, "check_in", "sms", member.id, "平安")
        assert await contacts.note_words(tx, Viewer(liaison), member.id, liaison, "谈了工资")
        noted = [(one.by_id, one.note) for one in await contacts.latest(tx, Viewer(liaison), member.id)]
    assert noted == [(member.id, "平安"), (liaison, "谈了工资")]


async def test_history_tells_what_it_was_before_newest_first(database: Database) -> None:
    async with database.writing() as tx:
        member = await _member(tx)
        first = changes.Change("job", "", "瓦工", "", "", NOW, "sms", member.id)
        second = changes.Change(
            "address", "苏州", "昆山", "320506", "320583", NOW + DAY, "telegram", member.id
        )
        for change in (first, second):
            await changes.record(tx, member, change)
        assert await changes.history(tx, Viewer(member.id), member.id) == [second, first]


async def test_a_member_may_know_who_looked_and_a_look_at_one_s_own_file_is_none(database: Database) -> None:
    async with database.writing() as tx:
        member = await _member(tx)
        looker = await people.add(tx, NOW, "书记")
        for viewer in (Viewer(looker), Viewer(member.id), the_programme()):
            await viewings.record(tx, NOW, viewer, member)
        assert await viewings.of_member(tx, Viewer(member.id), member.id) == [Looker(looker, 1, NOW)]


async def test_the_silent_are_found_by_place_by_days_and_at_home_nobody_is(database: Database) -> None:
    async with database.writing() as tx:
        here, there, at_home = [await _member(tx, name) for name in ("甲", "乙", "丙")]
        await members.note_facts(tx, here, place_code="320506")
        await members.note_facts(tx, there, place_code="440305")
        await members.note_facts(tx, at_home, whereabouts="home")
        seen = the_programme()
        everyone = await silence.silent(tx, seen, MUCH_LATER)
        nearby = await silence.silent(tx, seen, MUCH_LATER, Sought(place_prefix="32"))
        since = await silence.how_many(tx, seen, NOW + DAY, Sought(not_heard_since=NOW.date()))
        counted = [await silence.counts(tx, seen, NOW + days * DAY) for days in (1, 29, 33, 60)]
    assert {member.id for member in everyone} == {here.id, there.id}
    assert [member.id for member in nearby] == [here.id]
    assert since == 2
    assert counted == [Counts(fresh=2), Counts(due=2), Counts(late=2), Counts(silent=2)]


async def test_nobody_is_reminded_twice_nor_reported_before_a_reminder(database: Database) -> None:
    async with database.writing() as tx:
        member, seen = await _member(tx), the_programme()
        assert await overdue.to_report(tx, seen, MUCH_LATER, MUCH_LATER) == []
        assert [one.id for one in await overdue.to_remind(tx, seen, MUCH_LATER)] == [member.id]
        await members.note_facts(tx, member, reminded_at=MUCH_LATER)
        assert await overdue.to_remind(tx, seen, MUCH_LATER) == []
        assert await overdue.to_report(tx, seen, MUCH_LATER, MUCH_LATER - DAY) == []
        reported = await overdue.to_report(tx, seen, MUCH_LATER + DAY, MUCH_LATER)
        assert [one.id for one in reported] == [member.id]
        await members.note_facts(tx, member, reported_at=MUCH_LATER + DAY)
        assert await overdue.to_report(tx, seen, MUCH_LATER + DAY, MUCH_LATER) == []


async def test_a_verified_address_comes_before_a_claim_and_nobody_else_can_take_it(
    database: Database,
) -> None:
    async with database.writing() as tx:
        owner, other = [await people.add(tx, NOW, name) for name in ("甲", "乙")]
        listed = await addresses.add(tx, NOW, owner, "sms", PHONE)
        claimed = await addresses.add(tx, NOW + SECOND, other, "sms", PHONE)
        assert (await addresses.behind(tx, "sms", PHONE)) == await addresses.by_id(tx, claimed)
        await addresses.verify(tx, NOW, await addresses.by_id(tx, listed))
        assert (await addresses.behind(tx, "sms", PHONE)) == await addresses.by_id(tx, listed)
        for verified in (True, False):
            with pytest.raises(AddressTaken):
                await addresses.add(tx, NOW, await people.add(tx, NOW, "丙"), "sms", PHONE, verified)
        with pytest.raises(AddressTaken):
            await addresses.verify(tx, NOW, await addresses.by_id(tx, claimed))
        assert await addresses.add(tx, NOW, owner, "sms", PHONE, verified=True) == listed
        await addresses.end(tx, NOW, listed)
        await addresses.verify(tx, NOW, await addresses.by_id(tx, claimed))
        found = await addresses.behind(tx, "sms", PHONE)
        assert found
        assert (found.person_id, found.verified) == (other, True)
        assert await addresses.behind(tx, "telegram", PHONE) is None


async def test_the_holder_nearest_above_a_unit_answers_for_it(database: Database) -> None:
    async with database.writing() as tx:
        place = await town.settle(tx)
        county = await town.officer(tx, place, "县", "committee", "c/")
        branch = await town.officer(tx, place, "支部", "secretary", "c/t/b/")
        roles: list[Role] = ["secretary", "committee"]
        asked = {
            path: await offices.holders(tx, path, roles) for path in ("c/t/b/g/", "c/t/b0/", "c/t1/", "c0/t/")
        }
        assert [office.role for office in await offices.offices_of(tx, branch)] == ["secretary"]
    assert asked == {"c/t/b/g/": [branch], "c/t/b0/": [county], "c/t1/": [county], "c0/t/": []}


async def test_a_person_keeps_their_language_and_their_wish_for_no_lessons(database: Database) -> None:
    async with database.writing() as tx:
        place = await town.settle(tx)
        person = await people.add(tx, NOW, "周远")
        await people.choose_language(tx, person, "en")
        await people.has_joined(tx, person, NOW)
        await people.stop_lessons(tx, person, NOW)
        await members.enrol(tx, NOW, person, place.units["c/t/b/"])
        stopped = await members.find(tx, Viewer(person), person)
        await people.stop_lessons(tx, person, None)
        started = await members.find(tx, Viewer(person), person)
        assert await people.the_one_who_acts(tx, person) == people.Person(person, "周远", "en", NOW)
    assert stopped and stopped.stopped and stopped.language == "en"
    assert started and not started.stopped


async def test_whoever_gives_up_an_office_is_entrusted_with_nobody_there(database: Database) -> None:
    async with database.writing() as tx:
        place = await town.settle(tx)
        liaison = await town.officer(tx, place, "联", "liaison", "c/t/b/")
        await offices.grant(tx, NOW, liaison, "liaison", place.units["c/t/b0/"])
        for branch in ("c/t/b/", "c/t/b0/"):
            await members.entrust(tx, await town.file_of(tx, place.members[branch]), liaison)
        left = place.units["c/t/b/"]
        assert await offices.revoke(tx, NOW, liaison, "liaison", left) == 1
        assert await offices.revoke(tx, NOW, liaison, "liaison", left) is None
        assert [office.unit_path for office in await offices.offices_of(tx, liaison)] == ["c/t/b0/"]
        seen = await members.everyone(tx, await offices.viewer_of(tx, liaison))
        assert [member.unit_path for member in seen] == ["c/t/b0/"]
        assert await offices.grant(tx, NOW, liaison, "liaison", left)
        assert not await offices.grant(tx, NOW, liaison, "liaison", left)


async def test_a_consent_holds_until_it_is_taken_back(database: Database) -> None:
    async with database.writing() as tx:
        person = await people.add(tx, NOW, "周远")
        await consents.give(tx, NOW, person, "keeping", "1", "sms")
        await consents.give(tx, NOW, person, "overseas_chat", "1", "sms")
        await consents.take_back(tx, NOW, person, "keeping")
        assert await consents.given_by(tx, person) == {"overseas_chat"}
        await consents.give(tx, NOW, person, "keeping", "2", "sms")
        assert await consents.given_by(tx, person) == {"keeping", "overseas_chat"}


async def test_a_code_opens_once_for_three_days_and_a_new_one_shuts_the_old(database: Database) -> None:
    async with database.writing() as tx:
        person = await people.add(tx, NOW, "周远")
        old = await invitations.make(tx, NOW, person, None)
        code = await invitations.make(tx, NOW, person, None)
        assert await invitations.behind(tx, NOW, old)
        assert await invitations.behind(tx, NOW, code.swapcase()) is None
        assert await invitations.behind(tx, NOW + 3 * DAY, code) is None
        invitation = await invitations.behind(tx, NOW + 3 * DAY - SECOND, code)
        assert invitation
        assert invitation.person_id == person
        assert await invitations.still_open(tx, NOW, invitation.id) == invitation
        await invitations.use(tx, NOW, invitation)
        assert await invitations.behind(tx, NOW, code) is None
        assert await invitations.behind(tx, NOW, old) is None
        assert await invitations.still_open(tx, NOW, invitation.id) is None


async def test_wrong_codes_count_for_an_hour_and_for_their_own_address(database: Database) -> None:
    async with database.writing() as tx:
        for n in range(3):
            await invitations.note_wrong(tx, NOW + n * SECOND, "telegram", "70001")
        assert await invitations.wrong_lately(tx, NOW + SECOND, "telegram", "70001") == 3
        assert await invitations.wrong_lately(tx, NOW + HOUR, "telegram", "70001") == 2
        assert await invitations.wrong_lately(tx, NOW, "telegram", "70002") == 0


async def test_a_question_is_awaited_for_a_day_on_its_own_channel(database: Database) -> None:
    asked = Act(intent="address", text="在哪", options=("320506", "320583"), about={"step": "2"})
    async with database.writing() as tx:
        person = await people.add(tx, NOW, "周远")
        await dialogues.ask(tx, NOW, person, "telegram", Act(intent="job"))
        await dialogues.ask(tx, NOW, person, "telegram", asked)
        assert await dialogues.awaited(tx, NOW + DAY - SECOND, person, "telegram") == asked
        assert await dialogues.awaited(tx, NOW, person, "sms") is None
        assert await dialogues.awaited(tx, NOW + DAY, person, "telegram") is None
        await dialogues.answered(tx, person, "telegram")
        assert await dialogues.awaited(tx, NOW, person, "telegram") is None


async def test_messages_are_worked_off_in_the_order_they_came(database: Database) -> None:
    async with database.writing() as tx:
        await inbox.keep(tx, NOW, [Raw("telegram", str(n), {"n": n}) for n in range(5)])
        await inbox.keep(tx, NOW, [Raw("telegram", "4", {"n": "again"})])
        assert (await inbox.tally(tx)) == {"new": 5}
        first, second, third, *_ = await inbox.next_new(tx, 5)
        await inbox.mark_done(tx, NOW, [first])
        await inbox.mark_dead(tx, NOW, second, "unreadable")
        assert await inbox.note_failure(tx, third) == 1
        [then] = await inbox.next_new(tx)
        assert await inbox.tally(tx) == {"new": 3, "done": 1, "dead": 1}
    assert [first.payload, second.payload, third.payload] == [{"n": 0}, {"n": 1}, {"n": 2}]
    assert then == third._replace(attempts=1)


async def test_the_first_answer_to_a_lesson_counts(database: Database) -> None:
    async with database.writing() as tx:
        member = await _member(tx)
        campaign = await campaigns.plan(tx, NOW, member.id, "wages", NOW + DAY)
        assert await recipients.add(tx, campaign.id, member.id, "Asia/Shanghai")
        assert not await recipients.add(tx, campaign.id, member.id, "Asia/Shanghai")
        assert await recipients.answer(tx, NOW, campaign.id, member.id, 2, True)
        assert not await recipients.answer(tx, NOW, campaign.id, member.id, 1, False)
        assert not await recipients.answer(tx, NOW, campaign.id, await people.add(tx, NOW, "别人"), 1, False)


async def test_a_lesson_goes_out_when_its_time_has_come_unless_called_off(database: Database) -> None:
    async with database.writing() as tx:
        sender = await people.add(tx, NOW, "书记")
        sent, off = [await campaigns.plan(tx, NOW, sender, slug, NOW + DAY) for slug in ("wages", "safety")]
        assert await campaign_life.due(tx, NOW + DAY - SECOND) == []
        assert await campaign_life.cancel(tx, NOW, off)
        assert not await campaign_life.cancel(tx, NOW, off)
        assert await campaign_life.due(tx, NOW + DAY) == [sent]
        assert await campaign_life.start(tx, NOW + DAY, sent)
        assert await campaign_life.due(tx, NOW + DAY) == []
        assert await campaigns.made_by(tx, sender) == [
            off._replace(state="cancelled", ended_at=NOW),
            sent._replace(state="running", sent_at=NOW + DAY),
        ]


async def test_the_clock_knows_the_last_slot_it_struck(database: Database) -> None:
    first, second, third = (Slot(f"2026-11-0{day}T09:00:00", NOW + day * DAY) for day in (1, 2, 3))
    async with database.writing() as tx:
        assert await occurrences.last_slot(tx, "remind", NOW) is None
        await occurrences.count_from(tx, NOW, "remind")
        assert await occurrences.last_slot(tx, "remind", NOW) == occurrences.mark(NOW)
        for slot in (second, first, third):
            assert await occurrences.take(tx, NOW, "remind", slot)
        await occurrences.settle(tx, NOW, "remind", second)
        await occurrences.settle(tx, NOW, "remind", third)
        assert await occurrences.last_slot(tx, "remind", second.moment) == second
        assert await occurrences.take(tx, NOW, "remind", first), "its work was begun and is not done"
        assert not await occurrences.take(tx, NOW, "remind", second)
        assert await occurrences.forget_ahead(tx, "remind", second.moment) == 1


async def test_what_was_let_go_is_counted_by_job(database: Database) -> None:
    slots = [Slot(f"2026-11-0{day}T09:00:00", NOW + day * DAY) for day in (1, 2)]
    async with database.writing() as tx:
        assert await occurrences.take(tx, NOW, "greet", slots[0])
        await occurrences.pass_over(tx, NOW, "greet", slots, "let go")
        await occurrences.pass_over(tx, NOW, "remind", slots, "made up")
        assert await occurrences.let_go(tx, NOW) == {"greet": LetGo(2, slots[1].moment)}
        assert await occurrences.let_go(tx, NOW + DAY) == {}
