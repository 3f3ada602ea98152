"""A trouble of the database that lasts is a line now and then; all else is written down as it comes."""

from __future__ import annotations

import io
import logging
import sqlite3
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy.exc import OperationalError

from bot.repeated import QUIET, OncePerTrouble
from storage.trouble import trouble_of


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def locked() -> OperationalError:
    said = sqlite3.OperationalError("database is locked")
    said.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return OperationalError("INSERT", {}, said)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def written(clock: Clock) -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(OncePerTrouble(clock))
    logger = logging.getLogger("repeated")
    logger.handlers, logger.propagate = [handler], False
    yield stream
    logger.handlers, logger.propagate = [], True


def say(event: str, **told: object) -> None:
    """As structlog hands a line over."""
    logging.getLogger("repeated").error({"event": event, **told})


def test_the_same_trouble_in_the_same_place_is_one_line_without_a_traceback(
    written: io.StringIO, clock: Clock
) -> None:
    for n in range(500):
        say("job_failed", job=f"job {n % 7}", exc_info=locked())
    assert written.getvalue().count("\n") == 1
    assert "'error': 'held'" in written.getvalue() and "Traceback" not in written.getvalue()
    clock.at += QUIET
    say("job_failed", job="remind", exc_info=locked())
    assert written.getvalue().count("\n") == 2 and "'left_out': 499" in written.getvalue()


def test_another_place_and_another_trouble_have_their_own_line(written: io.StringIO) -> None:
    say("job_failed", exc_info=locked())
    say("worker_failed", exc_info=locked())
    say("not_kept", error="OperationalError")
    say("not_kept", error="OperationalError")
    assert written.getvalue().count("\n") == 3


def test_faults_of_ours_and_all_other_news_pass(written: io.StringIO) -> None:
    for _ in range(3):
        say("turn_failed", inbox="1", exc_info=KeyError("ours"))
        say("unreadable", inbox="1", error="Unreadable")
        say("listening_again")
    assert written.getvalue().count("\n") == 9


def test_what_libraries_write_of_it_is_one_line_too(written: io.StringIO) -> None:
    for _ in range(3):
        try:
            raise locked()
        except OperationalError:
            logging.getLogger("repeated").exception("Exception in ASGI application")
    assert written.getvalue() == "Exception in ASGI application\n"


def test_structlog_hands_lines_over_as_this_reads_them() -> None:
    """The key that holds the exception, and that it is the exception."""
    said: dict[str, object] = {"event": "worker_failed", "exc_info": locked()}
    wrapped = structlog.stdlib.ProcessorFormatter.wrap_for_formatter(
        logging.getLogger("repeated"), "error", said
    )
    [[handed], _] = wrapped
    assert isinstance(handed, dict) and trouble_of(handed["exc_info"]) == "held"
