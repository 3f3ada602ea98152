"""A database that answers questions and takes nothing in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import make_url

from tests.postgres_server import Postgres


@contextmanager
def read_only(server: Postgres, url: str) -> Iterator[None]:
    """As PostgreSQL is while another machine takes its place, or after its keeper has shut it to writers."""
    name = make_url(url).database
    _set(server, name, "on")
    try:
        yield
    finally:
        _set(server, name, "off")


def _set(server: Postgres, name: str | None, state: str) -> None:
    """For those who connect from now on; the others are sent away to do so."""
    server.command(f"ALTER DATABASE {name} SET default_transaction_read_only = {state}")
    server.command(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
