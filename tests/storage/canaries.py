"""A person made of texts that occur nowhere else, and the search for them in bytes."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from content.act import Act
from content.letter import Attachment, Choice, Letter
from storage import (
    addresses,
    campaigns,
    changes,
    claiming,
    consents,
    contacts,
    deliveries,
    dialogues,
    inbox,
    invitations,
    members,
    number_claims,
    outbox,
    people,
    recipients,
    sent_rosters,
    suspects,
    task_closing,
    units,
    viewings,
)
from storage.database import Transaction
from storage.inbox import Raw
from storage.tasks import tasks
from storage.viewer import Viewer
from tests.storage import town
from tests.storage.town import NOW

CANARIES = {
    "name": "金丝雀远canaryname",
    "phone": "+8613977702468",
    "family phone": "+8613977713579",
    "chat id": "7770246813579",
    "address": "金丝雀路canaryaddress",
    "employer": "金丝雀厂canaryemployer",
    "job": "金丝雀工canaryjob",
    "new job": "金丝雀匠canarynewjob",
    "reason": "金丝雀由canaryreason",
    "quiet reason": "金丝雀静canaryquiet",
    "note": "金丝雀记canarynote",
    "words": "金丝雀谈canarywords",
    "message in": "金丝雀来canaryin",
    "letter": "金丝雀去canaryout",
    "short letter": "金丝雀短canarysms",
    "label": "金丝雀钮canarylabel",
    "act": "金丝雀意canaryact",
    "question": "金丝雀问canaryasked",
    "file name": "金丝雀册canaryfile",
    "file": "金丝雀表canarycontent",
    "file id": "canaryBQACfileid",
    "notice": "金丝雀告canarynotice",
    "task": "金丝雀办canarytask",
}


async def live(tx: Transaction) -> None:
    """One person's life with us, each personal field filled through the door that fills it."""
    say = CANARIES
    unit = await units.found(tx, NOW, "湖熟支部")
    person_id = await people.add(tx, NOW, say["name"])
    liaison = Viewer(await people.add(tx, NOW, say["name"]), units=(unit.path,))
    await members.enrol(tx, NOW, person_id, unit, liaison.person_id)
    member = await town.file_of(tx, person_id)
    await members.note_texts(
        tx,
        member,
        address=say["address"],
        employer=say["employer"],
        job=say["job"],
        reason=say["reason"],
        family_phone=say["family phone"],
        quiet_reason=say["quiet reason"],
    )
    await contacts.heard(tx, NOW, member, "check_in", "sms", person_id, say["note"])
    await contacts.tried(tx, NOW, member, liaison.person_id, say["note"])
    await contacts.note_words(tx, liaison, person_id, liaison.person_id, say["words"])
    change = changes.Change("job", say["job"], say["new job"], "", "", NOW, "sms", person_id)
    await changes.record(tx, member, change)
    await viewings.record(tx, NOW, liaison, member)
    await consents.give(tx, NOW, person_id, "keeping", "1", "sms")
    await invitations.note_wrong(tx, NOW, "telegram", say["chat id"])
    await dialogues.ask(tx, NOW, person_id, "telegram", Act(intent="job", text=say["question"]))
    await inbox.keep(tx, NOW, [Raw("sms", "1", {"from": say["phone"], "text": say["message in"]})])
    await _written_to(tx, person_id)


async def _written_to(tx: Transaction, person_id: str) -> None:
    say = CANARIES
    chat = await town.chat_of(tx, person_id, say["chat id"])
    number = await addresses.by_id(tx, await addresses.add(tx, NOW, person_id, "sms", say["phone"], True))
    await number_claims.make(tx, NOW, person_id, say["phone"], "123456")
    await sent_rosters.take_in(tx, NOW, person_id, "telegram", say["file id"])
    letter = Letter(
        say["letter"],
        say["short letter"],
        choices=((Choice(say["label"], Act(intent="help", text=say["act"], phone=say["phone"])),),),
        document=Attachment(say["file name"], "text/csv", say["file"].encode()),
    )
    order = campaigns.Order("notice", words={"zh": say["notice"]})
    campaign = await campaigns.make(tx, NOW, person_id, order, NOW)
    await recipients.add(tx, campaign.id, person_id, "Asia/Shanghai")
    await outbox.promise(tx, NOW, outbox.to(chat), letter, "lesson", "1", campaign.id)
    [claimed] = await claiming.claim(tx, NOW, timedelta(minutes=1))
    await deliveries.send_elsewhere(tx, NOW, claimed, number)
    await outbox.promise(tx, NOW, outbox.Destination("telegram", say["chat id"]), letter, "reply", "2")
    await suspects.doubt(tx, NOW, number.id, "no_such_number")
    await suspects.open_tasks(tx, NOW, NOW)
    task_id = (await tx.conn.execute(select(tasks.c.id))).scalar_one()
    await task_closing.close(tx, NOW, task_id, person_id, "not_reached", "other", say["task"])


def found_in(written: bytes) -> set[str]:
    """Which canaries can be read in the bytes, and in what form."""
    return {
        f"{what} as {form}"
        for what, text in CANARIES.items()
        for form, trace in _traces(text.removeprefix("+86"))
        if trace in written
    }


def _traces(text: str) -> Iterator[tuple[str, bytes]]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        plain = text.encode(encoding)
        yield encoding, plain
        yield f"hex of {encoding}", plain.hex().encode()
        yield f"HEX of {encoding}", plain.hex().upper().encode()
        for skipped in range(3):
            yield f"base64 of {encoding}", _base64_within(plain, skipped)
    yield "JSON", json.dumps(text)[1:-1].encode()


def _base64_within(plain: bytes, skipped: int) -> bytes:
    """The letters of base64 that stand wherever `plain` begins `skipped` bytes into a group of three."""
    whole = plain[(3 - skipped) % 3 :]
    return base64.b64encode(whole[: len(whole) // 3 * 3])
