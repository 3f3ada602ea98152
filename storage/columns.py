"""The column types that a caller cannot get wrong: times in UTC, and fields only a key opens."""

from __future__ import annotations

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

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a moment needs its time zone")
        since = value - _EPOCH
        return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value / 1_000_000, UTC)


class SealedBytes(TypeDecorator[bytes]):
    """A personal field. It takes only what `Vault.seal` made, and refuses plain text."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        if value is not None and not isinstance(value, bytes):
            raise TypeError("a personal field is sealed before it is written")
        return value


# Prefix ranges over paths need bytewise order, which PostgreSQL's default collation does not promise.
PATH = Text().with_variant(TEXT(collation="C"), "postgresql")


def key() -> Column[str]:
    """The primary key of a row: made by us, in the order of time."""
    return Column("id", Text, primary_key=True)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
