"""The column types that a caller cannot get wrong: times in UTC, and fields only a key opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, Text
from sqlalchemy.dialects.postgresql import TEXT
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment as microseconds since 1970 in UTC: SQLite hands dates back without their zone."""

    impl = BigInteger
    cache_ok = True

    # The processors themselves, not what the library would wrap: a word reads and writes thirty moments.
    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], int | None]:
        return _microseconds

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        return _moment


class SealedBytes(TypeDecorator[bytes]):
    """A personal field. It takes only what `Vault.seal` made, and refuses plain text."""

    impl = LargeBinary
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[bytes | None], bytes | None]:
        return _sealed

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        """Bytes come back as bytes."""


# Prefix ranges over paths need bytewise order, which PostgreSQL's default collation does not promise.
PATH = Text().with_variant(TEXT(collation="C"), "postgresql")


def key() -> Column[str]:
    """The primary key of a row: made by us, in the order of time."""
    return Column("id", Text, primary_key=True)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _microseconds(moment: datetime | None) -> int | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise TypeError("a moment needs its time zone")
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _moment(microseconds: Any) -> datetime | None:
    return None if microseconds is None else datetime.fromtimestamp(microseconds / 1_000_000, UTC)


def _sealed(field: bytes | None) -> bytes | None:
    if field is not None and not isinstance(field, bytes):
        raise TypeError("a personal field is sealed before it is written")
    return field
