"""The rules of the trade as pure functions: no clock, no network, no database."""
