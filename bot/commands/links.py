"""The links of `invite` as an operator hands them out: a line each, and a QR in a file."""

from __future__ import annotations

import os
import re
from itertools import count
from pathlib import Path

import click

from bot.commands.guests import Guest
from content.rules.phones import masked
from handlers.invite import qr_of

Links = list[tuple[Guest, str]]


def check_place(qr: Path, everyone: bool) -> None:
    """Before anybody is invited: an invitation whose QR cannot be kept is one that nobody gets."""
    folder = qr if everyone else qr.parent
    if everyone:
        folder.mkdir(parents=True, exist_ok=True)
    if not folder.is_dir() or qr.is_dir() != everyone or not os.access(folder, os.W_OK):
        raise click.ClickException(
            f"二维码存不到 {qr}，没有邀请任何人。请先建好文件夹 {folder}，或改正 --qr 的路径。\n"
            f"The QR cannot be kept at {qr}, and nobody was invited: make the folder {folder}, or mend --qr."
        )


def show_links(links: Links, qr: Path | None, everyone: bool) -> None:
    """Each with the name: they are handed out one by one, and one in the wrong hands lets in a stranger."""
    taken: set[Path] = set()
    for guest, link in links:
        file = _file_of(guest, qr, taken) if qr and everyone else qr
        if file:
            file.write_bytes(qr_of(link).content)
        parts = (guest.name, guest.office, masked(guest.number.value), link, str(file or ""))
        click.echo("  ".join(part for part in parts if part))


def _file_of(guest: Guest, folder: Path, taken: set[Path]) -> Path:
    name = re.sub(r"[^\w·-]", "_", guest.name)
    stem = f"{name}-{guest.number.value[-4:]}"
    path = next(p for n in count(1) if (p := folder / f"{stem}{f'-{n}' if n > 1 else ''}.png") not in taken)
    taken.add(path)
    return path
