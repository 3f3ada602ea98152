"""PostgreSQL for whoever asks for `database_url` there."""

from tests.engines import database_url, postgres, sqlite_template

__all__ = ["database_url", "postgres", "sqlite_template"]
