"""To whom an answer waits in the outbox: a later one to the same recipient waits behind it."""

from __future__ import annotations


class LeftBehind:
    """Of one channel. Until the outbox was looked through once, anybody's may wait there."""

    def __init__(self) -> None:
        self._left: set[str] = set()
        self._sought: set[str] = set()
        self._all_seen = False

    def __bool__(self) -> bool:
        return not self._all_seen or bool(self._left or self._sought)

    def holds(self, recipient: str) -> bool:
        return not self._all_seen or recipient in self._left or recipient in self._sought

    def add(self, recipient: str) -> None:
        self._left.add(recipient)

    def seek(self) -> None:
        """The outbox is about to be looked through: what is left from here on may not be found by that."""
        self._sought |= self._left
        self._left = set()

    def found_all(self) -> None:
        """All that was sought is taken up, and nothing older waits."""
        self._sought = set()
        self._all_seen = True
