"""One turn: what was said, by whom, when, and what that person may see. Handlers get nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from content.act import Act
from content.letter import Choice, Letter
from content.rules.account import UNSAID, Price
from content.rules.roles import Role, highest
from content.words.catalogue import Tongue, tongue
from storage import dialogues, members, post
from storage.addresses import Address, ChannelName
from storage.changes import Change, Field
from storage.database import Transaction
from storage.files import Member
from storage.offices import Office
from storage.outbox import Kind
from storage.people import Person
from storage.viewer import Viewer


def _nobody_counts(_intent: str) -> None:
    """Where nobody watches, as in the tests."""


def _nothing_is_refused(_words: str, _topic: str) -> str:
    """Where no gateway has anything against any words."""
    return ""


@dataclass(frozen=True, slots=True)
class House:
    """What handlers need to know of the set-up. `meant` hears of each intent, for the roof's figures.

    `price` is what a text costs here. Above `approval_above` recipients a second person approves;
    0: never. `would_refuse` says why the gateway would not take words about a topic, by a word of
    `content/rules/receipts`; empty where it would.
    """

    ask_bot_name: Callable[[], str]
    timezone: str
    language: str = "zh"
    sms_connected: bool = True
    meant: Callable[[str], None] = _nobody_counts
    price: Price = UNSAID
    approval_above: int = 200
    would_refuse: Callable[[str, str], str] = _nothing_is_refused

    @property
    def bot_name(self) -> str:
        """The bot's @name, empty where there is no chat or it was not reached yet."""
        return self.ask_bot_name()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def invitation_link(self, code: str) -> str:
        return f"https://t.me/{self.bot_name}?start={code}"


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was sent, not yet fetched; `size` is in bytes, 0 where the door does not say."""

    file_id: str
    name: str
    size: int


class Word(NamedTuple):
    """One message, whatever door it came by. `id` is its inbox row: what it causes is caused once."""

    id: str
    channel: ChannelName
    address: str
    text: str = ""
    token: str = ""
    own_contact: str = ""
    shared_a_contact: bool = False
    document: Document | None = None


class Actor(NamedTuple):
    """Somebody we know, at the address they used. `member` is their own file, where they have one."""

    person: Person
    address: Address
    offices: tuple[Office, ...]
    viewer: Viewer
    member: Member | None

    @property
    def id(self) -> str:
        return self.person.id

    @property
    def roles(self) -> frozenset[Role]:
        held: set[Role] = {office.role for office in self.offices}
        return frozenset(held | ({"member"} if self.member else set()))

    @property
    def role(self) -> Role:
        return highest(self.roles)


class Turn(NamedTuple):
    """`now` is taken once. A handler answers with a letter; to others it writes by `tell`."""

    tx: Transaction
    now: datetime
    house: House
    word: Word
    tongue: Tongue
    speaker: Actor | None = None  # handlers read `actor`

    @property
    def actor(self) -> Actor:
        """The one who acts. The switchboard lets no stranger through to a handler that asks."""
        if self.speaker is None:
            raise LookupError("a stranger has no file")
        return self.speaker

    @property
    def is_stranger(self) -> bool:
        return self.speaker is None

    @property
    def member(self) -> Member:
        """The actor's file as it was after this word was heard. The switchboard asks only members."""
        if self.actor.member is None:
            raise LookupError("the actor has no file")
        return self.actor.member

    @property
    def viewer(self) -> Viewer:
        return self.actor.viewer

    @property
    def today(self) -> date:
        return self.now.astimezone(self.house.zone).date()

    @property
    def by_sms(self) -> bool:
        return self.word.channel == "sms"

    def say(self, msgid: str, **fields: object) -> str:
        return self.tongue.say(msgid, **fields)

    def choice(self, label: str, intent: str, **about: str) -> Choice:
        """A button or number that means `intent`; `label` is already in the reader's language."""
        return Choice(label, Act(intent=intent, about=about))

    async def own_file(self) -> Member:
        """The actor's file as it is now, after what this turn has changed."""
        found = await members.find(self.tx, self.viewer, self.actor.id)
        if found is None:
            raise LookupError("the actor has no file")
        return found

    def change(self, before: Member, field: Field, old: str, new: str, place: str | None = None) -> Change:
        """An entry for the history of a file, said now and by this door; `place` where the place changes."""
        return Change(
            field=field,
            old=old,
            new=new,
            old_place=before.place_code,
            new_place=before.place_code if place is None else place,
            at=self.now,
            channel=self.word.channel,
            by_id=self.actor.id,
        )

    async def ask(self, awaits: Act) -> None:
        """The actor's next free words by this door answer `awaits`."""
        await dialogues.ask(self.tx, self.now, self.actor.id, self.word.channel, awaits)

    async def tell(
        self, person_id: str, letter: Letter, kind: Kind = "notice", mark: str = "", cause: str = ""
    ) -> bool:
        """Write to somebody else because of this word; `mark` tells several letters to one person apart."""
        key = f"{self.word.id}:{person_id}:{mark}"
        return await post.tell(self.tx, self.now, person_id, letter, kind, key, cause)


def with_actor(turn: Turn, actor: Actor) -> Turn:
    """The same turn, now that we know who speaks."""
    return turn._replace(speaker=actor, tongue=tongue(actor.person.language))
