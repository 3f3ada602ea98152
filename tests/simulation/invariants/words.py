"""Words of people: none is lost, and each counts once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.simulation.invariants.invariant import Found, Invariant
from tests.simulation.words import Word

if TYPE_CHECKING:
    from tests.simulation.world import World

UNREADABLE = "\0"
# Said by somebody who may not be the member, or who is about to be none: the program hears it otherwise.
_NO_CONTACT = (
    "不是我",
    "不是本人",
    "你打错了",
    "退出",
    "不同意",
    "/start",
    "加入",
    "Not me",
    "That is not me",
)
_CODE_WORDS = ("qd", "签到", "平安", "报平安", "都好", "在", "恢复", "td", "dz", "gz", "qz")

_INSIDE = """SELECT a.person_id, a.verified_at, p.joined_at FROM addresses a
JOIN people p ON p.id = a.person_id
WHERE a.value_index = ? AND a.ended_at IS NULL ORDER BY a.verified_at IS NULL, a.id DESC"""
_ROW = "SELECT state, reason FROM inbox WHERE channel = ? AND external_id = ?"


class NothingLost(Invariant):
    """A word of which the network was told that we have it is in the inbox, and its turn is taken."""

    name = "nothing lost"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._brought: dict[tuple[str, str], Word] = {}
        self.settled: list[Word] = []

    def bring(self, word: Word) -> None:
        """It is about to be handed over, perhaps not for the first time."""
        if word.kept or word.settled:
            return
        word.counts = "must" if word.counts == "must" and self._must_count(word) else "may"
        self._brought[word.door, word.id] = word

    def calm(self) -> Found:
        self.settled = []
        for at, word in list(self._brought.items()):
            row = self.world.records.one(_ROW, word.door, word.id)
            if row is None:
                if word.kept:
                    del self._brought[at]
                    yield f"{word.speaker}: {word.text!r} was taken by us and is not in the inbox"
            elif row["state"] == "new":
                if word.kept:
                    yield f"{word.speaker}: {word.text!r} lies in the inbox"
            else:
                del self._brought[at]
                word.settled = True
                self.settled.append(word)
                if row["state"] == "dead" and word.text != UNREADABLE:
                    yield f"{word.speaker}: {word.text!r} was put aside: {row['reason']}"

    def _must_count(self, word: Word) -> bool:
        """Whether a member said it who is inside, by a door that is theirs, and no phone by itself."""
        speaker = self.world.book.by_name[word.speaker]
        row = self.world.records.one(_INSIDE, self.world.records.blind(word.door, word.address))
        if row is None or row["person_id"] != speaker.id or not row["verified_at"] or not row["joined_at"]:
            return False
        if word.kind not in ("text", "press") or word.text == UNREADABLE or word.text.startswith(_NO_CONTACT):
            return False
        return word.door == "telegram" or self._is_new(speaker.said_by_sms, word.text)

    def _is_new(self, said: set[str], text: str) -> bool:
        """The same words again by SMS may be a phone's own reply, but for those that are ours."""
        if text.strip().lower() in _CODE_WORDS:
            return True
        known = text in said
        said.add(text)
        return not known


class CountedOnce(Invariant):
    """Each word of a member is one contact in the register: none is missing, none is there twice."""

    name = "counted once"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._must: Counter[str] = Counter()
        self._may: Counter[str] = Counter()
        self._before: dict[str, int] = {}
        self._spoke: set[str] = set()

    def word_settled(self, word: Word) -> Found:
        (self._must if word.counts == "must" else self._may)[word.speaker] += 1
        self._spoke.add(word.speaker)
        yield from ()

    def calm(self) -> Found:
        for name in sorted(self._spoke):
            yield from self._compare(name)
        self._spoke.clear()

    def _compare(self, name: str) -> Found:
        member_id = self.world.book.by_name[name].id
        if name not in self.world.book.members:
            return
        n = self.world.records.number(
            "SELECT count(*) FROM contacts WHERE member_id = ?1 AND by_id = ?1 AND at >= ?2",
            member_id,
            self.world.began_at,
        )
        least, most = self._must[name], self._must[name] + self._may[name]
        if not least <= n <= most:
            yield f"{name}: {n} contacts for {least} to {most} words"
            # Said once: from here on the difference is known.
            self._must[name] += n - (least if n < least else most)


class AnsweredOnce(Invariant):
    """Whoever pressed an answer under a lesson has answered it."""

    name = "answer kept"

    def word_settled(self, word: Word) -> Found:
        if not word.lesson_letter or word.kind != "press" or word.counts == "may":
            return
        row = self.world.records.one(
            """SELECT r.answered_at FROM outbox o JOIN campaign_recipients r
            ON r.campaign_id = o.campaign_id AND r.person_id = o.person_id WHERE o.id = ?""",
            word.lesson_letter,
        )
        if row is not None and row["answered_at"] is None:
            yield f"{word.speaker} answered a lesson, and it is not noted"
