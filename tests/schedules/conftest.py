"""The clock is tried on both engines."""

from tests.engines import database, database_url, empty_url, engine, postgres, sqlite_template, vault

__all__ = ["database", "database_url", "empty_url", "engine", "postgres", "sqlite_template", "vault"]
