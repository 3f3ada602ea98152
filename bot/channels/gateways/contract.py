"""The one shape of every SMS company: how its gateway takes messages, and tells us what became of them.

A company is one file, always in this order: what it says (codes, forms), `send`, `send_batch`, what it
brings (receipts, inbound), `pull`, `look_up`.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, Protocol
from urllib.parse import parse_qsl

from bot.channels.contract import Incoming, Receipt, SendingFailed, Sent
from storage.inbox import Raw


class Text(NamedTuple):
    """One SMS to one E.164 `number`; `words` are whole, signature included.

    `reference` is our outbox id. `topic` is the slug of the lesson it is, empty for all else: a company
    that takes approved templates alone looks its template up by it.
    """

    number: str
    words: str
    reference: str
    topic: str = ""


class Push(NamedTuple):
    """A request to our door. `url` is as its sender wrote it, header names are in small letters."""

    kind: Literal["inbound", "receipt"]
    method: str
    url: str
    query: str
    headers: Mapping[str, str]
    body: bytes


class Brought(NamedTuple):
    """Words of people, each under an id that is the same when they are brought again, and receipts.

    The id is empty where the company names none. One is then made of the whole payload, which says under
    `ts` when the words were sent; where it does not, the same again counts as a repeat within the hour.
    So many receipts are `unread`: what became of those messages has to be asked.
    """

    inbound: tuple[Raw, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    unread: int = 0


class Answer(NamedTuple):
    """What the company wants to hear, so that it does not bring the same again."""

    body: str = ""
    media_type: str = "text/plain"


class Sought(NamedTuple):
    """A message whose outcome we do not know, or do not believe. `provider_id` is empty where none came.

    `words` are as the phone shows them, where they are at hand: a company without our reference knows it
    by them.
    """

    reference: str
    provider_id: str
    number: str
    sent_at: datetime
    words: str = ""


class Gateway(Protocol):
    """`name` is its word in the settings and in the table of receipts. `most_at_once`: so many numbers
    go in one request, 1 where there is no batch interface. `pulls_every` is None where nothing waits
    with the company to be fetched. `can_be_asked`: of one message, by `look_up`. Without `gives_receipts`
    what was taken counts as arrived.
    """

    name: str
    most_at_once: int
    pulls_every: timedelta | None
    can_be_asked: bool
    gives_receipts: bool

    async def send(self, text: Text) -> Sent:
        """Hands it over, or raises SendingFailed."""
        ...

    async def send_batch(self, texts: Sequence[Text]) -> list[Sent | SendingFailed]:
        """Hands over at most `most_at_once` of the same words and topic; how each ended, in their order.

        Raises nothing: where no answer came, each of them is an OutcomeUnknown.
        """
        ...

    def would_refuse(self, words: str, topic: str) -> str:
        """Why the company would not take this message, by its word in the table of receipts; else empty."""
        ...

    def as_shown(self, words: str, topic: str) -> str:
        """What the phone shows of these words, which is what is paid: the text of an approved template, with
        the company's own signature. The words themselves where it would refuse them.
        """
        ...

    def is_theirs(self, push: Push) -> bool:
        """Whether the signature is right, where there is one, and the method that of the company."""
        ...

    def read_push(self, push: Push) -> Brought:
        """All that a push brings; Unreadable where it has not the company's form."""
        ...

    def answer_to(self, push: Push) -> Answer:
        """What it hears once what it brought is safe with us. A 503 is said where that failed."""
        ...

    def read_inbound(self, params: Mapping[str, str]) -> Incoming | None:
        """A message as the inbox keeps it; None from an operator's short code; else Unreadable."""
        ...

    def pull(self) -> AsyncIterator[Brought]:
        """What waits with the company, page by page.

        A page is safe with us before the next one is asked for; only then may the company forget it.
        """
        ...

    async def look_up(self, sought: Sought) -> Receipt | None:
        """What the company says became of a message, outcome `never_taken` where it does not know it.

        One that is `buffered` without any id has receipts that will not name it: it is asked about again.
        None where it tells of none, or gives no clear answer. Raises SendingFailed where it could not be
        asked, now or ever.
        """
        ...

    async def close(self) -> None: ...


# In the payload of a text that could not be read: the request that brought it, or the part of it, as it came.
ASIDE = "aside"


def put_aside(push: Push) -> Brought:
    """A push that nobody can read, for the inbox: whoever mends us finds it there. A receipt goes nowhere."""
    if push.kind == "receipt":
        return Brought()
    said = {"query": push.query, "body": push.body.decode("utf-8", "surrogateescape")}
    return Brought(inbound=(Raw("sms", "", {ASIDE: said}),))


def one_aside(said: object) -> Raw:
    """One of many in a push that is no message at all."""
    return Raw("sms", "", {ASIDE: {"query": "", "body": json.dumps(said)}})


def as_params(query: str) -> dict[str, str]:
    """The fields of a query string, bytes that are no UTF-8 kept for whoever knows their charset.

    A web framework's own reading puts a replacement sign there, and the member's words are gone.
    """
    return dict(parse_qsl(query, keep_blank_values=True, errors="surrogateescape"))
