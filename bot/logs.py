"""What is written down about ourselves: by structlog, with nobody's secrets or numbers in it.

Our own events carry ids, never words of a person. What libraries write goes the same way out.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable, Iterable
from types import TracebackType
from urllib.parse import quote, quote_plus

import structlog
from structlog.typing import EventDict, ProcessorReturnValue, WrappedLogger

from bot.repeated import OncePerTrouble

HIDDEN = "***"

# At INFO or DEBUG these write down whole addresses with the token in them, parameters of queries, texts.
_TALKERS = (
    "aiohttp", "aiosqlite", "alembic", "apscheduler", "asyncio", "httpcore", "httpx", "sqlalchemy",
    "telegram", "tzlocal", "uvicorn.access",
)  # fmt: skip
_THEIR_OWN_HANDLERS = ("uvicorn", "uvicorn.error", "uvicorn.access")

_NEVER_SHOWN = (
    # A bot token, as it is or in an address; it is in the path of every request to Telegram.
    (re.compile(r"(?<!\d)\d{1,20}(?::|%3[Aa])[A-Za-z0-9_-]{30,}"), HIDDEN),
    # The login in an address.
    (re.compile(r"(?<=://)[^\s/'\"]+@"), f"{HIDDEN}@"),
    # What a request to an SMS gateway carries.
    (re.compile(r"(?<=[?&])(text|password|username|from|to)=[^\s&'\"]*"), rf"\1={HIDDEN}"),
    # What a query was about: where the database refused it, and where the libraries are set to tell all.
    (re.compile(r"\[parameters: .*?\](?=\n|\\n|$)", re.DOTALL), f"[parameters: {HIDDEN}]"),
    (re.compile(r"(?<=\] )[(\[{].*(?= \[sqlalchemy)"), HIDDEN),
    (re.compile(r"(?<=functools\.partial)\(.*\)(?= |$)", re.MULTILINE), f"({HIDDEN})"),
    # What was said, as the Telegram library tells it.
    (re.compile(r"(with (?:parameters|return value)) `.*`"), rf"\1 {HIDDEN}"),
    (re.compile(r"(invalid JSON data): \".*\"", re.DOTALL), rf"\1: {HIDDEN}"),
    # Our own lines are in ASCII: whatever else stands there was written by or about a person.
    (re.compile(r"[^\x00-\x7f]+"), HIDDEN),
    (re.compile(r"(?:\\u[0-9a-f]{4}|\\U[0-9a-f]{8}|\\x[89a-f][0-9a-f])+"), HIDDEN),
    (re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f]){2,}"), HIDDEN),
    # Numbers: a mobile's eleven digits as written at home, and any in the international form.
    (re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"), HIDDEN),
    (re.compile(r"(?:\+|%2[Bb])\d{8,15}(?!\d)"), HIDDEN),
)

# The line of an exception in a traceback: KeyError and int() quote there what a person wrote.
_WHAT_IT_SAYS = re.compile(r"^(?: *\| )?[A-Za-z_][\w.]*: .*$", re.MULTILINE)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


def configure_logs(level: str, secrets: Iterable[str]) -> None:
    """Sends every logger's lines to stderr, from `level` up, `secrets` and what looks like one hidden."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(Redaction(secrets)))
    handler.addFilter(OncePerTrouble())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # A line that cannot be written would be shown with all its arguments, past the redaction.
    logging.raiseExceptions = False
    for name in _THEIR_OWN_HANDLERS:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    for name in _TALKERS:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _write_down_crash
    structlog.configure(
        processors=[*_AS_ALL_LINES, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


class Redaction:
    """Works on the finished line, so that no way into it (message, argument, traceback) is forgotten."""

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for secret in secrets if secret for form in _ways_to_write(secret)}
        self._known = re.compile("|".join(map(re.escape, sorted(forms, key=len, reverse=True))) or r"(?!)")

    def __call__(self, text: str) -> str:
        text = self._known.sub(HIDDEN, text)
        for pattern, shown in _NEVER_SHOWN:
            text = pattern.sub(shown, text)
        return _WHAT_IT_SAYS.sub(lambda line: _QUOTED.sub(f"'{HIDDEN}'", line[0]), text)


def _ways_to_write(secret: str) -> tuple[str, ...]:
    in_python = secret.replace("\\", r"\\").replace("'", r"\'")
    return (secret, in_python, json.dumps(secret)[1:-1], quote(secret, safe=""), quote_plus(secret))


_AS_ALL_LINES: list[Callable[[WrappedLogger, str, EventDict], ProcessorReturnValue]] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def _formatter(redacted: Redaction) -> structlog.stdlib.ProcessorFormatter:
    # The plain traceback: the pretty one shows local variables, and there stand the members.
    show = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_AS_ALL_LINES,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            lambda logger, name, event: redacted(str(show(logger, name, event))),
        ],
    )


def _write_down_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("liandong").critical("crashed", exc_info=(kind, error, trace))
