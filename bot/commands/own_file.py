"""A file with names and numbers in it, written where an operator says, for nobody else to read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click


def check_folder(file: Path) -> None:
    """Before anything is done of which the file is to tell: a slip in its path would come too late."""
    if not file.absolute().parent.is_dir():
        raise click.ClickException(
            f"没有 {file.parent} 这个文件夹，什么都没有做。请改正路径，或先建好它。\n"
            f"There is no folder {file.parent}. Nothing was done: mend the path, or make the folder first."
        )


async def write_own_file(file: Path, content: bytes) -> None:
    """Whole or not at all, in the place of one that is there. Raises OSError: call it by `carry_out`."""
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
            written.write(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
