"""`understand`: JSON lines in, what each message means out: for whoever tunes the understanding."""

from __future__ import annotations

import json
import sys
from datetime import date

import click

from content.act import Act
from content.rules.understanding import understand as read


@click.command(help="理解一句话 / what a message means: JSON lines from standard input")
def understand() -> None:
    for line in sys.stdin:
        if line.strip():
            click.echo(_meaning_of(line))


def _meaning_of(line: str) -> str:
    try:
        asked = json.loads(line)
        acts = read(asked["text"], date.fromisoformat(asked["as_of"]), asked.get("options") or ())
    except (ValueError, KeyError, TypeError) as error:
        raise click.ClickException(f"这一行读不懂 / cannot read this line: {error}") from None
    return json.dumps({"acts": [_said(act) for act in acts]}, ensure_ascii=False)


def _said(act: Act) -> dict[str, object]:
    """Only what was said; the words themselves stay with whoever wrote them."""
    return {name: value for name, value in act._asdict().items() if value and name not in ("text", "about")}
